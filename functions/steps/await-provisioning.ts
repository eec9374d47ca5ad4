import { assertInTime, elapsedSeconds } from '../domain/deadlines.ts';
import { NamedFailure } from '../domain/failures.ts';
import { layoutOf } from '../domain/fleet.ts';
import { nextLookSeconds } from '../domain/pacing.ts';
import { runSchema } from '../domain/run.ts';
import { incumbentServes, readScene, requireReplacement } from '../operations/scene.ts';
import { step } from './step.ts';

const input = runSchema.pick({ request: true, phases: true, plan: true, launch: true });

/** Boot and installer, before a first boot of this proxy has been seen. */
const firstTimeSeconds = 1200;

/**
 * Waits for the first boot's own word that it is done. Then decides who goes first: with two names the
 * replacement is filled before it serves; with one name, or when nothing else serves, it is admitted at once.
 */
export const awaitProvisioning = step(
  {
    input,
    needs: ['boot.read', 'groups.heartbeat', 'groups.read', 'instances.read'],
    writes: 'provision',
  },
  async (ports, run) => {
    const { instanceId } = run.launch;
    const { proxy, group } = await readScene(ports, run.request.proxy);
    await requireReplacement(ports, group, instanceId);
    await ports.groups.heartbeat(group.name, instanceId);
    const report = await ports.boot.read(instanceId);
    if (report.status === 'failed') {
      const log = report.logTail === '' ? '' : `\n${report.logTail}`;
      throw new NamedFailure(
        'ProvisioningFailed',
        `${instanceId} failed at ${report.step}: ${report.reason}${log}`,
      );
    }
    if (report.status === 'done') {
      const somethingServes = incumbentServes(group, run.plan.incumbent?.id);
      return { status: 'ready', admitFirst: layoutOf(proxy) === 'one-name' || !somethingServes };
    }
    const now = ports.clock.now();
    assertInTime(run, 'provision', now, `${instanceId} is still ${report.status}`);
    const pace = {
      elapsedSeconds: elapsedSeconds(run, 'provision', now),
      expectedSeconds: run.plan.expectedSeconds.provision ?? firstTimeSeconds,
    };
    return { status: 'waiting', waitSeconds: nextLookSeconds(pace), admitFirst: false };
  },
);
