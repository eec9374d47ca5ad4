import { isServing } from '../domain/keeper.ts';
import { runSchema } from '../domain/run.ts';
import { readScene } from '../operations/scene.ts';
import { step } from './step.ts';

const input = runSchema.pick({ request: true });

/**
 * Of a launch event that arrives beside a running rebuild: when nothing serves any more, the incumbent
 * comes back from Standby, or else the first provisioned instance that waits is admitted at once, filled or
 * not. The running rebuild finds out at its next look.
 */
export const relieveOutage = step(input, async (ports, { request }) => {
  const { group } = await readScene(ports, request.proxy);
  if (group.instances.some(isServing)) return { admitted: null };
  const standby = group.instances.find(({ lifecycleState }) => lifecycleState === 'Standby');
  if (standby !== undefined) {
    await ports.groups.exitStandby(group.name, standby.id);
    return { admitted: standby.id };
  }
  for (const waiting of group.instances.filter(
    ({ lifecycleState }) => lifecycleState === 'Pending:Wait',
  )) {
    if ((await ports.boot.read(waiting.id)).status !== 'done') continue;
    await ports.groups.admit(group.name, waiting.id);
    return { admitted: waiting.id };
  }
  return { admitted: null };
});
