import { steps } from '../../functions/steps/register.ts';
import type { Step } from '../../functions/steps/step.ts';
import { definitions } from '../../statemachine/readers/definitions.ts';
import { releasesLock } from '../../statemachine/readers/lock.ts';
import { stepRunBy } from '../../statemachine/readers/tasks.ts';
import type { SimulatedExecution } from '../engine/execution.ts';
import type { StateEvent } from '../engine/state-event.ts';
import { ledgerTable } from '../world/deployed-fleet.ts';
import { proxyOf } from '../world/watch.ts';
import { statesOf } from './history.ts';
import type { Finding, Invariant, Snapshot } from './snapshot.ts';

/** How much of an execution's history was there at the last snapshot. */
const known = new WeakMap<SimulatedExecution, number>();

const sinceLastSnapshot = (execution: SimulatedExecution): readonly StateEvent[] => {
  const from = known.get(execution) ?? 0;
  if (from === execution.history.length) return [];
  known.set(execution, execution.history.length);
  return execution.history.slice(from);
};

const namesNeedingLock = Object.entries<Step>(steps)
  .filter(([, { underLock }]) => underLock)
  .map(([name]) => name);

const changing: ReadonlySet<string> = new Set(
  Object.keys(definitions['rebuild-proxy'].States).filter((state) =>
    namesNeedingLock.includes(stepRunBy(state) ?? ''),
  ),
);

/** A step that needs the lock has ended, and not because the lock was lost. */
const hasActed = ({ kind, state, data }: StateEvent): boolean =>
  kind === 'exited' &&
  changing.has(state) &&
  (data as { readonly failure?: { readonly Error: string } }).failure?.Error !== 'LockLost';

/** One that has ended may have lost the lock since, to the rollback that follows it at once. */
const judge = ({ world }: Snapshot, execution: SimulatedExecution): readonly Finding[] => {
  const acted = sinceLastSnapshot(execution).findLast(hasActed);
  const proxy = proxyOf(execution);
  if (acted === undefined || proxy === null || execution.status !== 'RUNNING') return [];
  const owner = world.aws.tables.get(ledgerTable)?.get(`lock#${proxy}`)?.['owner']?.S;
  const hasReleased = owner === undefined && statesOf(execution).some(releasesLock);
  if (owner === execution.arn || hasReleased) return [];
  return [{ proxy, text: `${execution.name}: "${acted.state}" ran without the lock` }];
};

/** Nothing of a proxy is changed by an execution that does not hold its lock. */
export const changesNeedTheLock: Invariant = {
  name: 'changes-need-the-lock',
  check: (snapshot) =>
    snapshot.executions
      .all()
      .filter(({ machine }) => machine === 'rebuild-proxy')
      .flatMap((execution) => judge(snapshot, execution)),
};
