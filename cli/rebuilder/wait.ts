import { NamedFailure } from '../../functions/domain/failures.ts';
import type { Deployment } from './deployment.ts';
import { type DescribedExecution, describe } from './executions.ts';

/** Looks at an execution again and again until it has ended. */
export const untilEnded = async (
  deployment: Deployment,
  arn: string,
  everySeconds: number,
  onLook: (execution: DescribedExecution) => Promise<void> = () => Promise.resolve(),
): Promise<DescribedExecution> => {
  for (;;) {
    const execution = await describe(deployment, arn);
    if (execution === null)
      throw new NamedFailure('UnexpectedAnswer', `Step Functions no longer knows ${arn}`);
    await onLook(execution);
    if (execution.status !== 'RUNNING') return execution;
    await deployment.outside.sleep(everySeconds);
  }
};
