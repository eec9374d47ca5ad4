import { perRebuild } from './bookkeeping.ts';
import { runOf } from './history.ts';
import type { Invariant } from './snapshot.ts';

const dayMs = 86_400_000;

/**
 * A replacement has certificates for as long as it may serve. With worse ones it takes over only where the incumbent had
 * none that last longer, or where a fault left nothing else to serve; with expired ones never.
 */
export const certificatesOutlastTheCycle: Invariant = {
  name: 'certificates-outlast-the-cycle',
  check: perRebuild(({ world, disturbed }, execution, proxy) => {
    const { request, plan, launch } = runOf(execution);
    const end = world.machines.get(launch?.instanceId ?? '')?.certificateExpiresAt;
    if (execution.status !== 'SUCCEEDED' || end == null) return null;
    if (end <= execution.startedAt.getTime()) return 'brought an expired certificate into service';
    const before = world.machines.get(plan?.incumbent?.id ?? '')?.certificateExpiresAt;
    if (request?.reason === 'heal' || before == null || disturbed.has(proxy)) return null;
    const neededUntil = execution.startedAt.getTime() + world.fleet.cycle.limitDays * dayMs;
    return end < Math.min(neededUntil, before)
      ? 'replaced the incumbent by an instance whose certificates expire in its cycle'
      : null;
  }),
};
