import type { Choice } from './command.ts';
import type { Deployment } from './deployment.ts';
import { arnOf, type DescribedExecution, describe, start } from './executions.ts';
import type { ExecutionReference } from './outcome.ts';
import { referenceTo } from './outcome.ts';

/** Executions that a person starts are named by the instant, so that the newest sorts last. */
const nameAt = (prefix: string, now: Date): string =>
  `${prefix}-${now.toISOString().replaceAll(/[-:.]/g, '')}`;

/** Starts `rebuild-fleet` as a person does; what is not chosen is left to its defaults. */
export const startFleet = async (
  deployment: Deployment,
  { proxies, imageId, force }: Choice,
  dryRun: boolean,
): Promise<ExecutionReference> => {
  const name = nameAt(dryRun ? 'plan' : 'manual', deployment.outside.clock.now());
  const input = {
    reason: 'manual',
    ...(proxies.length > 0 && { proxies }),
    ...(imageId !== null && { imageId }),
    ...(force && { force }),
    ...(dryRun && { dryRun }),
  };
  return referenceTo({ name, arn: await start(deployment, 'rebuild-fleet', name, input) });
};

/** The execution by which a fleet's execution rebuilds a proxy; `null` before it has begun to. */
export const rebuildOf = (
  deployment: Deployment,
  fleetExecution: string,
  proxy: string,
): Promise<DescribedExecution | null> =>
  describe(deployment, arnOf(deployment, 'rebuild-proxy', `${fleetExecution}-${proxy}`));
