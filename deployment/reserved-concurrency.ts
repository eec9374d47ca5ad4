import type { Fleet } from '../functions/domain/fleet.ts';
import type { StepName } from '../functions/steps/register.ts';

/**
 * How many invocations of a step's function may run at once; `null` for as many as the account allows. Katello plans
 * a whole sync within the request that starts it, so no more are started at once than proxies are rebuilt; and
 * images are deregistered by one invocation at a time.
 */
export const reservedConcurrencyOf = (step: StepName, { cycle }: Fleet): number | null => {
  if (step === 'startSync') return cycle.concurrency;
  return step === 'pruneImages' ? 1 : null;
};
