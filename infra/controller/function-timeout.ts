import type { StepName } from '../../functions/steps/register.ts';
import { taskTimeoutSecondsOf } from '../../statemachine/readers/tasks.ts';

/** Lambda allows a function no more. */
const lambdaSecondsMax = 900;
/** So that the function itself says that its time is over, before Step Functions gives it up. */
const aheadSeconds = 5;

/** How long a function may run: as long as the task that runs it waits. */
export const timeoutSecondsOf = (step: StepName): number =>
  Math.min(lambdaSecondsMax, taskTimeoutSecondsOf(step)) - aheadSeconds;
