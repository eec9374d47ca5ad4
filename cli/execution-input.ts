import { parseRequest } from '../functions/domain/request.ts';
import type { Run } from '../functions/domain/run.ts';
import type { Reason } from '../functions/domain/sections.ts';
import type { DescribedExecution } from './executions.ts';

/** The input of a `rebuild-proxy` execution; `null` when it is not valid. */
export const askedFor = ({ input }: DescribedExecution): Run['request'] | null => {
  try {
    return parseRequest(input);
  } catch {
    return null;
  }
};

export const proxyOf = (execution: DescribedExecution): string | null =>
  execution.machine === 'rebuild-proxy' ? (askedFor(execution)?.proxy ?? null) : null;

export const isRollback = (execution: DescribedExecution): boolean =>
  askedFor(execution)?.reason === 'rollback';

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

/** Why an execution was started; the default for a fleet execution is `manual`. */
export const reasonOf = (execution: DescribedExecution): Reason | null => {
  if (execution.machine === 'rebuild-proxy') return askedFor(execution)?.reason ?? null;
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
