import { unsyncableTypes } from '../domain/content-types.ts';
import { NamedFailure } from '../domain/failures.ts';
import { runSchema } from '../domain/run.ts';
import { ready } from '../domain/waiting.ts';
import { step } from './step.ts';

const input = runSchema.pick({ request: true, plan: true });

/**
 * Refreshes the proxy's features in Foreman and checks that Pulp's capabilities are among them: a refresh
 * while Pulp is starting finds none, and every sync then skips everything.
 */
export const refreshFeatures = step(
  {
    input,
    needs: ['content.refreshFeatures', 'content.contentTypes'],
    writes: 'features',
  },
  async (ports, { plan }) => {
    if (plan.capsuleId === null) return ready();
    const capsule = await ports.content.refreshFeatures(plan.capsuleId);
    const pulpcore = capsule.features.find(({ name }) => name === 'Pulpcore');
    const unsyncable = unsyncableTypes(capsule, await ports.content.contentTypes(plan.capsuleId));
    if (pulpcore === undefined || pulpcore.capabilities.length === 0 || unsyncable.length > 0) {
      const lacking = unsyncable.join(', ') || 'all content types';
      throw new NamedFailure(
        'FeaturesNotRefreshed',
        `${capsule.name}: Pulpcore reports no capability for ${lacking} after the refresh`,
      );
    }
    return ready();
  },
);
