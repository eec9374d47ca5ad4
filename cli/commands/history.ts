import { z } from 'zod';
import { fleetRunSchema } from '../../functions/domain/fleet-run.ts';
import { phases } from '../../functions/domain/record.ts';
import type { MachineName } from '../../functions/domain/resource-names.ts';
import type { Reason } from '../../functions/domain/sections.ts';
import { unlessWholeNumber } from '../../terminal/command-line.ts';
import { duration, instant } from '../../terminal/figures.ts';
import { proxyOption } from '../../terminal/rebuild-options.ts';
import { heading, type Style } from '../../terminal/style.ts';
import { command } from '../command.ts';
import {
  type AdvisedFailure,
  addAdvice,
  type ExecutionReference,
  referenceTo,
} from '../document.ts';
import { reasonOf } from '../execution-input.ts';
import { type DescribedExecution, describeExecution, listExecutions } from '../executions.ts';
import {
  bold,
  type Cell,
  causeLines,
  detailedTable,
  dim,
  linkLine,
  type Row,
  secondsBetween,
} from '../text.ts';

type HistoryResult =
  | 'running'
  | 'rebuilt'
  | 'healed'
  | 'rolled-back'
  | 'filled-again'
  | 'nothing-to-do'
  | 'failed'
  | 'stopped';

interface HistoryEntry extends ExecutionReference {
  readonly machine: MachineName;
  /** `null` for an execution of the whole fleet. */
  readonly proxy: string | null;
  readonly reason: Reason | null;
  readonly result: HistoryResult;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** Until now while it is running. */
  readonly seconds: number;
  readonly failure: AdvisedFailure | null;
}

export interface HistoryDocument {
  readonly fleet: string;
  /** Newest first. */
  readonly executions: readonly HistoryEntry[];
}

/** Reads from the final output of a `rebuild-proxy` execution what it did. */
const proxyEnd = z.object({
  phases: z.partialRecord(z.enum(phases), z.unknown()),
  plan: z.object({ status: z.string() }).optional(),
  rollback: z.object({ owner: z.string().nullish() }).optional(),
  refill: z.object({ outcome: z.string().nullish() }).optional(),
});
const fleetEnd = z.object({ plan: fleetRunSchema.shape.plan.pick({ status: true }) });

const proxySuccess = (execution: DescribedExecution): HistoryResult => {
  const { data } = proxyEnd.safeParse(execution.output);
  const reason = reasonOf(execution);
  if (data === undefined || Object.keys(data.phases).length === 0) return 'nothing-to-do';
  if (data.refill?.outcome === 'filled') return 'filled-again';
  if (reason === 'rollback') return data.rollback?.owner ? 'rolled-back' : 'nothing-to-do';
  if (data.plan?.status === 'nothing-to-do') return 'nothing-to-do';
  return reason === 'heal' ? 'healed' : 'rebuilt';
};

const fleetSuccess = ({ output }: DescribedExecution): HistoryResult =>
  fleetEnd.safeParse(output).data?.plan.status === 'go' ? 'rebuilt' : 'nothing-to-do';

const resultOf = (execution: DescribedExecution): HistoryResult => {
  switch (execution.status) {
    case 'SUCCEEDED':
      return execution.machine === 'rebuild-fleet'
        ? fleetSuccess(execution)
        : proxySuccess(execution);
    case 'ABORTED':
      return 'stopped';
    case 'RUNNING':
      return 'running';
    default:
      return 'failed';
  }
};

const entryOf = (execution: DescribedExecution, now: Date): HistoryEntry => {
  const { machine, startedAt, endedAt, failure } = execution;
  return {
    ...referenceTo(execution),
    machine,
    proxy: execution.proxy,
    reason: reasonOf(execution),
    result: resultOf(execution),
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    seconds: secondsBetween(startedAt, endedAt ?? now),
    failure: addAdvice(failure),
  };
};

/** Merges lists that are each sorted newest first; reads entries only as needed. */
async function* newestFirst<Element extends { readonly startedAt: Date }>(
  lists: readonly AsyncGenerator<Element>[],
): AsyncGenerator<Element> {
  const heads = await Promise.all(lists.map((each) => each.next()));
  for (;;) {
    const open = heads.flatMap((head, index) => (head.done === true ? [] : [{ ...head, index }]));
    const [newest] = open.sort((a, b) => b.value.startedAt.getTime() - a.value.startedAt.getTime());
    if (newest === undefined) return;
    yield newest.value;
    const next = await lists[newest.index]?.next();
    if (next !== undefined) heads[newest.index] = next;
  }
}

const looks: Readonly<Record<HistoryResult, Cell>> = {
  running: { text: '▶ running', colours: ['bold'] },
  rebuilt: { text: '✔ rebuilt', colours: ['green'] },
  healed: { text: '✔ healed', colours: ['green'] },
  'rolled-back': { text: '✔ rolled back', colours: ['green'] },
  'filled-again': { text: '✔ filled again', colours: ['green'] },
  'nothing-to-do': { text: '– nothing to do', colours: ['dim'] },
  failed: { text: '✖ failed', colours: ['red'] },
  stopped: { text: '✖ stopped', colours: ['yellow'] },
};

const row = (entry: HistoryEntry): Row => [
  dim(instant(entry.startedAt)),
  entry.proxy ?? bold('the fleet'),
  entry.reason ?? '',
  looks[entry.result],
  duration(entry.seconds),
  dim(entry.name),
];

const details = ({ failure, link }: HistoryEntry, style: Style): readonly string[] =>
  failure === null ? [] : [...causeLines(failure, style), linkLine('execution', link, style)];

export const historyText = (
  { fleet, executions }: HistoryDocument,
  style: Style,
): readonly string[] => {
  const title = heading(`History of ${fleet}, newest first, times in UTC`, style);
  if (executions.length === 0) return [title, 'Nothing.'];
  return [title, ...detailedTable(executions, row, details, style)];
};

/** Executions of the last 90 days, which is as long as Step Functions keeps them. */
export const history = command({
  help: 'list past and running executions and their results',
  options: {
    proxy: proxyOption,
    limit: {
      value: 'N',
      help: 'show the newest N; default 20',
      problem: unlessWholeNumber(1, 999, 50),
    },
    all: { help: 'include runs with nothing to do, such as dry runs' },
  },
  read: ({ values, switches }) => ({
    proxy: values.get('proxy') ?? null,
    limit: Number(values.get('limit') ?? 20),
    all: switches.has('all'),
  }),
  run: async (deployment, { proxy, limit, all }): Promise<HistoryDocument> => {
    const now = deployment.environment.clock.now();
    const machines: readonly MachineName[] =
      proxy === null ? ['rebuild-fleet', 'rebuild-proxy'] : ['rebuild-proxy'];
    const executions: HistoryEntry[] = [];
    for await (const { arn } of newestFirst(
      machines.map((each) => listExecutions(deployment, each)),
    )) {
      const execution = await describeExecution(deployment, arn);
      if (execution === null) continue;
      const entry = entryOf(execution, now);
      if (proxy !== null && entry.proxy !== proxy) continue;
      if (!all && entry.result === 'nothing-to-do') continue;
      executions.push(entry);
      if (executions.length === limit) break;
    }
    return { fleet: deployment.fleet.fleet, executions };
  },
  text: historyText,
});
