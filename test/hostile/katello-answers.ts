import type { ContentPort } from '../../functions/ports/content.ts';
import { Edge } from '../../sandbox/katello/edge.ts';
import { InProcessDispatcher } from '../../sandbox/katello/in-process-dispatcher.ts';
import {
  contentOver,
  controlName,
  SmallWorld,
  syncSeconds,
} from '../sandbox/katello/small-world.ts';
import { type RawAnswer, RawDispatcher } from './raw-dispatcher.ts';

export const operations = {
  health: (port) => port.health(),
  findCapsule: (port) => port.findCapsule(controlName),
  access: (port) => port.access(),
  activeSyncs: (port) => port.activeSyncs(2),
  contentTypes: (port) => port.contentTypes(2),
  refreshFeatures: (port) => port.refreshFeatures(2),
  startSync: (port) => port.startSync(2, 'complete', 'rebuild-2'),
  startCount: (port) => port.startCount(2, 'count-2'),
  findTasks: (port) => port.findTasks(2, ['rebuild-1', 'count-1']),
  isUnderWay: (port) => port.isUnderWay('the-task'),
  readTask: (port) => port.readTask('the-task'),
  readCounts: (port) => port.readCounts(2),
  repositoryNames: (port) => port.repositoryNames(2),
  runningJobs: (port) => port.runningJobs(controlName),
  stopTasks: async (port) => {
    return port.stopTasks(await port.activeSyncs(2));
  },
} as const satisfies Record<string, (port: ContentPort) => Promise<unknown>>;

export type Operation = keyof typeof operations;
export const operationNames = Object.keys(operations) as Operation[];

/** What Katello answers to an operation when all is well, call by call. */
export type Recording = readonly unknown[];

/** Runs every operation against the simulated Katello, and keeps what that answers. */
export const record = async (): Promise<Readonly<Record<Operation, Recording>>> => {
  const world = new SmallWorld();
  try {
    const edge = new Edge(world.katello);
    let recorded: unknown[] = [];
    const port = contentOver(
      new InProcessDispatcher({
        barrier: () => null,
        exchange: (name, request) => {
          const outcome = edge.exchange(name, request);
          if (typeof outcome !== 'string') recorded.push(JSON.parse(outcome.body));
          return outcome;
        },
      }),
    );
    await port.startCount(2, 'count-1');
    const { id } = await port.startSync(2, 'complete', 'rebuild-1');
    await world.pass(syncSeconds / 2);
    const run = async (name: Operation): Promise<Recording> => {
      recorded = [];
      await (name === 'readTask' ? port.readTask(id) : operations[name](port));
      return recorded;
    };
    const entries: [Operation, Recording][] = [];
    for (const name of operationNames) entries.push([name, await run(name)]);
    return Object.fromEntries(entries) as Record<Operation, Recording>;
  } finally {
    world.close();
  }
};

const json = { 'content-type': 'application/json; charset=utf-8' };

export const asAnswer = (body: unknown): RawAnswer => ({
  status: 200,
  headers: json,
  body: Buffer.from(JSON.stringify(body) ?? ''),
});

/** A content port to a server that gives these answers, one after the other, and then repeats the last forever. */
export const portTo = (answers: readonly RawAnswer[]): ContentPort => {
  let call = 0;
  const dispatcher = new RawDispatcher(() => {
    const answer = answers[Math.min(call, answers.length - 1)];
    call += 1;
    return answer ?? { error: 'ECONNREFUSED' };
  });
  return contentOver(dispatcher);
};
