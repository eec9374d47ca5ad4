import { z } from 'zod';
import { fleetRunSchema } from '../../functions/domain/fleet-run.ts';
import { phases } from '../../functions/domain/record.ts';
import type { MachineName } from '../../functions/domain/resource-names.ts';
import { proxyOf, reasonOf } from './asked.ts';
import type { Command } from './command.ts';
import { assertProxies, type Deployment } from './deployment.ts';
import { type DescribedExecution, describe, list } from './executions.ts';
import {
  type HistoryDocument,
  type HistoryEntry,
  type HistoryResult,
  historyText,
} from './history-text.ts';
import { secondsBetween } from './moments.ts';
import { advised, type Outcome, referenceTo } from './outcome.ts';

/** What the end of an execution of `rebuild-proxy` says of what it has done. */
const proxyEnd = z.object({
  phases: z.partialRecord(z.enum(phases), z.unknown()),
  plan: z.object({ status: z.string() }).optional(),
  restore: z.object({ owner: z.string().nullish() }).optional(),
});
const fleetEnd = z.object({ plan: fleetRunSchema.shape.plan.pick({ status: true }) });

const proxySuccess = (execution: DescribedExecution): HistoryResult => {
  const { data } = proxyEnd.safeParse(execution.output);
  const reason = reasonOf(execution);
  if (data === undefined || Object.keys(data.phases).length === 0) return 'nothing-to-do';
  if (reason === 'restore') return data.restore?.owner ? 'put-back' : 'nothing-to-do';
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
    proxy: proxyOf(execution),
    reason: reasonOf(execution),
    result: resultOf(execution),
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    seconds: secondsBetween(startedAt, endedAt ?? now),
    failure: advised(failure),
  };
};

/** Several lists, each newest first, as one; nothing is read before it is needed. */
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

type Asked = Extract<Command, { readonly name: 'history' }>;

const machinesFor = ({ proxy }: Asked): readonly MachineName[] =>
  proxy === null ? ['rebuild-fleet', 'rebuild-proxy'] : ['rebuild-proxy'];

/** What ran in the last 90 days, as long as Step Functions remembers it. */
export const history = async (deployment: Deployment, asked: Asked): Promise<Outcome> => {
  assertProxies(deployment, '--proxy', asked.proxy === null ? [] : [asked.proxy]);
  const now = deployment.outside.clock.now();
  const entries: HistoryEntry[] = [];
  const lists = machinesFor(asked).map((machine) => list(deployment, machine));
  for await (const { arn } of newestFirst(lists)) {
    const execution = await describe(deployment, arn);
    if (execution === null) continue;
    const entry = entryOf(execution, now);
    if (asked.proxy !== null && entry.proxy !== asked.proxy) continue;
    if (!asked.all && entry.result === 'nothing-to-do') continue;
    entries.push(entry);
    if (entries.length === asked.limit) break;
  }
  const document: HistoryDocument = { fleet: deployment.fleet.fleet, executions: entries };
  return { document, text: (style) => historyText(document, style), isDone: true };
};
