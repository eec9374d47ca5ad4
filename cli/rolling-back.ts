import { followsRefill } from '../statemachine/readers/progress.ts';
import type { Deployment } from './deployment.ts';
import { isRollback } from './execution-input.ts';
import type { DescribedExecution } from './executions.ts';
import { positionOf } from './position.ts';
import { lookEverySeconds, untilEnded } from './watch.ts';

/** A rollback that is complete may run for hours longer, because it follows the refill. */
export const isFollowingRefill = async (
  deployment: Deployment,
  { arn, status }: DescribedExecution,
): Promise<boolean> =>
  status === 'RUNNING' && followsRefill((await positionOf(deployment, arn)).state ?? '');

/** The running execution that is rolling this proxy back, if any. */
export const findRollingBack = async (
  deployment: Deployment,
  proxy: string,
  running: readonly DescribedExecution[],
): Promise<DescribedExecution | null> => {
  for (const each of running) {
    if (each.proxy !== proxy || !isRollback(each)) continue;
    if (!(await isFollowingRefill(deployment, each))) return each;
  }
  return null;
};

/** Polls a rollback until it has ended, or only follows a refill. */
export const untilRolledBack = (
  deployment: Deployment,
  arn: string,
  onLook: (execution: DescribedExecution) => Promise<void>,
): Promise<DescribedExecution> =>
  untilEnded(deployment, arn, lookEverySeconds, onLook, (execution) =>
    isFollowingRefill(deployment, execution),
  );
