import type { z } from 'zod';
import type { ContentCounts } from '../domain/content-counts.ts';
import { assertFilled, missingByKatello } from '../domain/content-judgement.ts';
import type { ContentReport, InstanceContent } from '../domain/content-report.ts';
import { countRequestId } from '../domain/derived-id.ts';
import { NamedFailure } from '../domain/failures.ts';
import { katelloNameOf } from '../domain/fleet.ts';
import { knownGateway, publicNames } from '../domain/gateway.ts';
import type { KnownContent } from '../domain/known-content.ts';
import { provenBy } from '../domain/proven-content.ts';
import { runSchema, stageOf } from '../domain/run.ts';
import { orSkippedSync } from '../domain/sync-pace.ts';
import { ready } from '../domain/waiting.ts';
import { countNeeds } from '../operations/content-count.ts';
import { bothWitnesses, type OwnWord } from '../operations/content-witnesses.ts';
import { gatewayLeftAlone, reportNeeds } from '../operations/fresh-report.ts';
import { gatewayGate } from '../operations/gateway-gate.ts';
import { keepHooksOpenSince } from '../operations/launch-hook.ts';
import {
  type ObservedProxy,
  observeProxy,
  requireReplacement,
} from '../operations/observed-proxy.ts';
import { lookUpNames } from '../operations/repository-names.ts';
import { requireRestorePoint } from '../operations/restore-point.ts';
import type { PortsWith } from '../ports/port-methods.ts';
import { step } from './step.ts';

const input = runSchema
  .pick({
    execution: true,
    request: true,
    plan: true,
    phases: true,
    baseline: true,
    launch: true,
    sync: true,
  })
  .extend({ content: runSchema.shape.content.optional() });

type Input = z.infer<typeof input>;

/** The baseline of this rebuild; another one's is none. */
const requireBaseline = async (
  ports: PortsWith<'ledger.read' | 'ledger.readContent'>,
  proxy: string,
  owner: string,
): Promise<KnownContent> => {
  await requireRestorePoint(ports, proxy);
  const baseline = await ports.ledger.readContent(proxy, 'baseline');
  if (baseline?.owner === owner) return baseline;
  throw new NamedFailure('BaselineMissing', `${proxy} has no baseline of this rebuild`);
};

const requireCapsule = (capsuleId: number | null): number => {
  if (capsuleId === null) throw new NamedFailure('CapsuleNotFound', 'the proxy is not registered');
  return capsuleId;
};

const requireReport = (report: OwnWord, instanceId: string): ContentReport => {
  if (!('unreadable' in report)) return report;
  const words = `${instanceId} has not reported its content: ${report.unreadable}`;
  throw new NamedFailure('ContentNotReported', words);
};

interface Found {
  readonly counts: ContentCounts;
  readonly instance: InstanceContent;
}

/** Throws what is missing, with the names of repositories that Katello knows by number only. */
const assertSameContent = async (
  ports: PortsWith<'content.repositoryNames'>,
  run: Input,
  { fleet, proxy }: Pick<ObservedProxy, 'fleet' | 'proxy'>,
  baseline: KnownContent,
  { counts, instance }: Found,
): Promise<void> => {
  const { shrinkTolerance } = fleet.content;
  const missing = missingByKatello(baseline, counts, shrinkTolerance);
  const names = await lookUpNames(ports, requireCapsule(run.plan.capsuleId), missing);
  const evidence = {
    instanceId: run.launch.instanceId,
    katelloName: katelloNameOf(proxy),
    katello: counts,
    instance,
    names,
  };
  try {
    assertFilled(baseline, evidence, shrinkTolerance);
  } catch (failure) {
    throw orSkippedSync(failure, run.sync, baseline);
  }
};

/**
 * The content gate: compares what the replacement itself reports with what the incumbent reported, and Katello's
 * counts with those of before. Success of the sync task proves nothing: Katello skips what it believes to be there.
 * Its counts alone prove nothing either: they are of the instance that the control name leads to from Katello's host.
 */
export const verifyContent = step(
  {
    input,
    needs: [
      ...countNeeds,
      ...reportNeeds,
      'content.repositoryNames',
      'groups.heartbeat',
      'groups.read',
      'instances.read',
      'ledger.read',
      'ledger.readContent',
      'ledger.writeContent',
    ],
    writes: 'content',
  },
  async (ports, run) => {
    const capsuleId = requireCapsule(run.plan.capsuleId);
    const { instanceId } = run.launch;
    const { fleet, proxy, group } = await observeProxy(ports, run.request.proxy);
    await requireReplacement(ports, group, instanceId);
    await keepHooksOpenSince(ports, group, run.sync.hookKeptAt);
    const completesGateway = run.baseline.usesGateway && stageOf(run) === 'fill';
    const namesOfBaseline = async () =>
      publicNames(await requireBaseline(ports, proxy.name, run.execution.id));
    const lastRow = run.content?.gatewayRow ?? null;
    const found = await bothWitnesses(ports, {
      capsuleId,
      instanceId,
      requestId: countRequestId(run.execution.id, `${stageOf(run)}-${run.sync.taskId}`),
      asked: run.content,
      publicNames: completesGateway ? namesOfBaseline : gatewayLeftAlone,
    });
    if (found.status === 'waiting')
      return { ...found, filled: run.content?.filled ?? false, gatewayRow: lastRow };
    const { counts } = found;
    const { repositories: instance, gateway } = requireReport(found.report, instanceId);
    const baseline = await requireBaseline(ports, proxy.name, run.execution.id);
    await assertSameContent(ports, run, { fleet, proxy }, baseline, { counts, instance });
    const again = gatewayGate(run, baseline, gateway);
    const gatewayRow = gateway?.newestRow ?? null;
    const judged = { countTaskId: null, report: null, filled: true, gatewayRow };
    if (again !== null) return { ...again, ...judged, status: 'again' };
    await ports.ledger.writeContent(proxy.name, 'verified', {
      owner: run.execution.id,
      isFresh: true,
      katello: counts,
      instance,
      gateway: knownGateway(gateway),
    });
    return ready({ ...judged, proven: provenBy(instance) });
  },
);
