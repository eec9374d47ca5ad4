import { type ProxyRecord, proxyRecordSchema } from '../../functions/domain/record.ts';
import { leavesItToTheNext } from '../../statemachine/readers/endings.ts';
import { isFirstUnderLock, releasesLock } from '../../statemachine/readers/lock.ts';
import { begins } from '../../statemachine/readers/phases.ts';
import type { SimulatedExecution } from '../engine/execution.ts';
import { ledgerTable } from '../world/deployed-fleet.ts';
import { proxyOf } from '../world/watch.ts';
import { endedByItself, statesOf } from './history.ts';
import type { Finding, Invariant, Snapshot } from './snapshot.ts';

export const recordOf = ({ world }: Snapshot, proxy: string): ProxyRecord | null => {
  const text = world.aws.tables.get(ledgerTable)?.get(`proxy#${proxy}`)?.['record']?.S;
  return text === undefined ? null : proxyRecordSchema.parse(JSON.parse(text));
};

/** Judges each rebuild, heal or rollback that had its proxy's lock, when it has ended. */
export const perRebuild =
  (
    check: (snapshot: Snapshot, execution: SimulatedExecution, proxy: string) => string | null,
  ): Invariant['check'] =>
  (snapshot) =>
    snapshot.ended.flatMap((execution): readonly Finding[] => {
      const proxy = execution.machine === 'rebuild-proxy' ? proxyOf(execution) : null;
      if (proxy === null || !statesOf(execution).some(isFirstUnderLock)) return [];
      const text = check(snapshot, execution, proxy);
      return text === null ? [] : [{ proxy, text: `${execution.name} ${text}` }];
    });

export const isLeftToTheNext = (execution: SimulatedExecution): boolean =>
  leavesItToTheNext(statesOf(execution).at(-1) ?? '');

/** However a rebuild ends, it first rolls back or finishes its changes and releases the lock. */
export const rebuildCleansUp: Invariant = {
  name: 'rebuild-cleans-up',
  check: perRebuild((snapshot, execution, proxy) => {
    if (!endedByItself(execution) || isLeftToTheNext(execution)) return null;
    if (!statesOf(execution).some(releasesLock)) return 'ended while holding the lock';
    return recordOf(snapshot, proxy)?.restorePoint?.owner === execution.arn
      ? 'ended without rolling back its changes'
      : null;
  }),
};

/** Each rebuild that launches a machine counts against the budget of its proxy. */
export const attemptsAreCounted: Invariant = {
  name: 'attempts-are-counted',
  check: perRebuild((snapshot, execution, proxy) => {
    if (!statesOf(execution).some(begins('launch'))) return null;
    const attempts = recordOf(snapshot, proxy)?.attempts ?? [];
    return attempts.some((attempt) => attempt.execution === execution.arn) ||
      wasLongAgo(snapshot, execution)
      ? null
      : 'is missing from the attempts of its proxy';
  }),
};

const dayMs = 86_400_000;

const wasLongAgo = ({ world }: Snapshot, { startedAt }: SimulatedExecution): boolean =>
  world.environment.clock.now().getTime() - startedAt.getTime() >= dayMs;
