import { assertInTime, elapsedSeconds } from '../domain/deadlines.ts';
import { NamedFailure } from '../domain/failures.ts';
import { nextLookSeconds } from '../domain/pacing.ts';
import { runSchema } from '../domain/run.ts';
import { removeOthers } from '../operations/removal.ts';
import { requireRestorePoint } from '../operations/restore-point.ts';
import { readScene, requireReplacement } from '../operations/scene.ts';
import { step } from './step.ts';

const input = runSchema.pick({
  request: true,
  phases: true,
  plan: true,
  launch: true,
  content: true,
});

/**
 * Terminates the incumbent, and whatever else Auto Scaling has launched beside, until the verified
 * replacement is alone.
 */
export const retireIncumbent = step(input, async (ports, run) => {
  const { instanceId } = run.launch;
  if (!run.content.filled)
    throw new NamedFailure('ContentMissing', `${instanceId} was never verified`);
  const { group } = await readScene(ports, run.request.proxy);
  await requireReplacement(ports, group, instanceId);
  const { sizes } = await requireRestorePoint(ports, run.request.proxy);
  if (await removeOthers(ports, group, instanceId, sizes.desired)) return { status: 'ready' };
  const now = ports.clock.now();
  assertInTime(run, 'retire', now, `${group.name} still has ${group.instances.length} instances`);
  const expectedSeconds = run.plan.expectedSeconds.retire ?? null;
  const waitSeconds = nextLookSeconds({
    elapsedSeconds: elapsedSeconds(run, 'retire', now),
    expectedSeconds,
  });
  return { status: 'waiting', waitSeconds };
});
