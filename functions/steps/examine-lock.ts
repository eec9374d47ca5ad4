import { runSchema } from '../domain/run.ts';
import { step } from './step.ts';

const input = runSchema.pick({ execution: true, request: true });

/**
 * Says whether the lock that could not be taken is `held` by a living execution, was `abandoned` by a dead
 * one, or is `free` again. A lock outlives its owner when an execution is stopped or times out.
 */
export const examineLock = step(
  { input, needs: ['executions.isRunning', 'ledger.lockHolder'], writes: 'lock' },
  async (ports, { execution, request }) => {
    const holder = await ports.ledger.lockHolder(request.proxy);
    if (holder === null || holder.executionArn === execution.id) {
      return { status: 'free', owner: execution.id, failure: null };
    }
    const owner = holder.executionArn;
    // Step Functions' answers lag behind its events: the execution that a rollback follows has ended.
    const hasEnded = owner === request.interrupted || !(await ports.executions.isRunning(owner));
    if (hasEnded) return { status: 'abandoned', owner, failure: null };
    const since = holder.takenAt.toISOString();
    const cause = `${request.proxy} is being rebuilt (${holder.reason}) since ${since} by ${owner}`;
    return { status: 'held', owner, failure: { Error: 'RebuildInProgress', Cause: cause } };
  },
);
