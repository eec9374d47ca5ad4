import { assertFilled, missingByKatello } from '../domain/content-judgement.ts';
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
import { bothWitnesses } from '../operations/content-witnesses.ts';
import { gatewayLeftAlone, reportNeeds } from '../operations/fresh-report.ts';
import { gatewayGate } from '../operations/gateway-gate.ts';
import { keepHooksOpenSince } from '../operations/launch-hook.ts';
import { observeProxy, requireReplacement } from '../operations/observed-proxy.ts';
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
    const { capsuleId } = run.plan;
    const { instanceId } = run.launch;
    if (capsuleId === null)
      throw new NamedFailure('CapsuleNotFound', 'the proxy is not registered');
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
    const { counts, report } = found;
    if ('unreadable' in report)
      throw new NamedFailure(
        'ContentNotReported',
        `${instanceId} has not reported its content: ${report.unreadable}`,
      );
    const baseline = await requireBaseline(ports, proxy.name, run.execution.id);
    const { repositories: instance, gateway } = report;
    const { shrinkTolerance } = fleet.content;
    const missing = missingByKatello(baseline, counts, shrinkTolerance);
    const names = await lookUpNames(ports, capsuleId, missing);
    const katelloName = katelloNameOf(proxy);
    const evidence = { instanceId, katelloName, katello: counts, instance, names };
    try {
      assertFilled(baseline, evidence, shrinkTolerance);
    } catch (failure) {
      throw orSkippedSync(failure, run.sync, baseline);
    }
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
