import { NamedFailure } from '../domain/failures.ts';
import { layoutOf } from '../domain/fleet.ts';
import { runSchema } from '../domain/run.ts';
import { notYet, ready } from '../domain/waiting.ts';
import { keepHooksOpenSince } from '../operations/launch-hook.ts';
import { incumbentServes, observeProxy, requireReplacement } from '../operations/observed-proxy.ts';
import type { BootReport } from '../ports/boot.ts';
import { step } from './step.ts';

const input = runSchema.pick({ request: true, phases: true, plan: true, launch: true });

type Booting = Exclude<BootReport, { readonly status: 'done' | 'failed' }>;

const describe = (instanceId: string, report: Booting): string => {
  if (report.status === 'unreachable') return `${instanceId} is not reachable yet`;
  const step = report.step === null ? '' : ` (${report.step})`;
  return `the first boot of ${instanceId} is running${step}`;
};

/**
 * Waits until the instance reports that its first boot is done, then decides the order: with two names the
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
    const { proxy, group } = await observeProxy(ports, run.request.proxy);
    await requireReplacement(ports, group, instanceId);
    await keepHooksOpenSince(ports, group);
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
      return ready({ admitFirst: layoutOf(proxy) === 'one-name' || !somethingServes });
    }
    const answer = notYet(run, 'provision', ports.clock.now(), describe(instanceId, report));
    return { ...answer, admitFirst: false };
  },
);
