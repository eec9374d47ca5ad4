import { runSchema } from '../domain/run.ts';
import { step } from './step.ts';

const input = runSchema.pick({ execution: true, request: true });

/**
 * Whether the lock that could not be taken is `held` by a running execution, was `abandoned` by a dead one, or
 * is `free` again. A lock outlives its owner when an execution is stopped or times out.
 */
export const examineLock = step(
  { input, needs: ['executions.isRunning', 'ledger.lockHolder'], writes: 'lock' },
  async (ports, { execution, request }) => {
    const holder = await ports.ledger.lockHolder(request.proxy);
    if (holder === null || holder.executionArn === execution.id) {
      return { status: 'free', owner: execution.id, failure: null };
    }
    const owner = holder.executionArn;
    // Step Functions' API lags behind its events: the execution that triggered this rollback has ended.
    const hasEnded = owner === request.interrupted || !(await ports.executions.isRunning(owner));
    if (hasEnded) return { status: 'abandoned', owner, failure: null };
    const since = holder.takenAt.toISOString();
    const cause = `${owner} (${holder.reason}) has held the lock of ${request.proxy} since ${since}`;
    return { status: 'held', owner, failure: { Error: 'RebuildInProgress', Cause: cause } };
  },
);
