import type { z } from 'zod';
import {
  describeEarlyExpiry,
  expiresTooEarly,
  type FirstToExpire,
  hasExpired,
} from '../domain/certificates.ts';
import type { Cycle } from '../domain/cycle.ts';
import { type FailureName, NamedFailure } from '../domain/failures.ts';
import { layoutOf } from '../domain/fleet.ts';
import { runSchema } from '../domain/run.ts';
import { notYet, ready } from '../domain/waiting.ts';
import { keepHooksOpenSince } from '../operations/launch-hook.ts';
import { incumbentServes, observeProxy, requireReplacement } from '../operations/observed-proxy.ts';
import type { BootReport } from '../ports/boot.ts';
import type { PortsWith } from '../ports/port-methods.ts';
import { step } from './step.ts';

const input = runSchema.pick({ request: true, phases: true, plan: true, launch: true });

type Failed = Extract<BootReport, { readonly status: 'failed' }>;
type Booting = Exclude<BootReport, { readonly status: 'done' | 'failed' }>;

const describe = (instanceId: string, report: Booting): string => {
  if (report.status === 'unreachable') return `${instanceId} is not reachable yet`;
  const step = report.step === null ? '' : ` (${report.step})`;
  return `the first boot of ${instanceId} is running${step}`;
};

/** What is wrong with the archive of certificates is not the fault of the image. */
const nameOf = ({ step, certificate, missingNames }: Failed, now: Date): FailureName => {
  if (step !== 'certs') return 'ProvisioningFailed';
  if (missingNames.length > 0) return 'CertificateNameMissing';
  const isExpired = certificate !== null && hasExpired(certificate, now);
  return isExpired ? 'CertificatesExpire' : 'ProvisioningFailed';
};

const failureOf = (instanceId: string, report: Failed, now: Date): NamedFailure => {
  const { step, reason, logTail } = report;
  return new NamedFailure(
    nameOf(report, now),
    `${instanceId} failed at ${step}: ${reason}${logTail === '' ? '' : `\n${logTail}`}`,
  );
};

type Input = z.infer<typeof input>;

/** When the certificates of the incumbent expire; `null` if no rebuild has learned it. */
const endOfIncumbent = async (
  ports: PortsWith<'ledger.read'>,
  { request, plan }: Input,
): Promise<string | null> => {
  const { lastRebuild } = await ports.ledger.read(request.proxy);
  return lastRebuild?.instanceId === plan.incumbent?.id
    ? (lastRebuild?.certificateExpiresAt ?? null)
    : null;
};

/**
 * A replacement whose certificates expire while it serves is refused as long as the incumbent is no worse off. Where
 * nothing else serves, an instance with such certificates is better than none.
 */
const assertOutlastsCycle = async (
  ports: PortsWith<'clock.now' | 'ledger.read'>,
  run: Input,
  cycle: Cycle,
  certificate: FirstToExpire | null,
): Promise<void> => {
  const now = ports.clock.now();
  if (certificate === null || !expiresTooEarly(certificate, cycle, now)) return;
  const known = await endOfIncumbent(ports, run);
  if (known !== null && Date.parse(known) < Date.parse(certificate.expiresAt)) return;
  throw new NamedFailure('CertificatesExpire', describeEarlyExpiry(certificate, cycle, now));
};

/**
 * Waits until the instance reports that its first boot is done, then decides the order: with two names the
 * replacement is filled before it serves; with one name, or when nothing else serves, it is admitted at once.
 */
export const awaitProvisioning = step(
  {
    input,
    needs: ['boot.read', 'groups.heartbeat', 'groups.read', 'instances.read', 'ledger.read'],
    writes: 'provision',
  },
  async (ports, run) => {
    const { instanceId } = run.launch;
    const { fleet, proxy, group } = await observeProxy(ports, run.request.proxy);
    await requireReplacement(ports, group, instanceId);
    await keepHooksOpenSince(ports, group);
    const report = await ports.boot.read(instanceId);
    if (report.status === 'failed') throw failureOf(instanceId, report, ports.clock.now());
    if (report.status === 'done') {
      const { certificate } = report;
      const somethingServes = incumbentServes(group, run.plan.incumbent?.id);
      if (somethingServes) await assertOutlastsCycle(ports, run, fleet.cycle, certificate);
      const admitFirst = layoutOf(proxy) === 'one-name' || !somethingServes;
      return ready({ admitFirst, certificate });
    }
    const answer = notYet(run, 'provision', ports.clock.now(), describe(instanceId, report));
    return { ...answer, admitFirst: false };
  },
);
