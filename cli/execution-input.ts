import type { Reason } from '../functions/domain/sections.ts';
import { type DescribedExecution, givenIn } from './executions.ts';

export const isRollback = ({ input }: DescribedExecution): boolean =>
  givenIn(input)?.reason === 'rollback';

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

/** Why an execution was started; the default for a fleet execution is `manual`. */
export const reasonOf = (execution: DescribedExecution): Reason | null => {
  if (execution.machine === 'rebuild-proxy') return givenIn(execution.input)?.reason ?? null;
  return field(execution.input, 'reason') === 'scheduled' ? 'scheduled' : 'manual';
};

export const isDryRun = ({ input }: DescribedExecution): boolean => field(input, 'dryRun') === true;

/** The fleet execution that started this one, if any. */
export const parentOf = ({ input }: DescribedExecution): string | null => {
  const parent = field(input, 'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID');
  return typeof parent === 'string' ? parent : null;
};

/** For a rollback: the execution that was interrupted. */
export const interruptedBy = ({ input }: DescribedExecution): string | null => {
  const interrupted = field(input, 'interrupted');
  return typeof interrupted === 'string' ? interrupted : null;
};
