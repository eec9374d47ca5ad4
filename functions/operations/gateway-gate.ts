import type { ReportedGateway } from '../domain/content-report.ts';
import { NamedFailure } from '../domain/failures.ts';
import {
  assertGatewayKnows,
  assertHasGateway,
  describeMissingList,
  hasKatellosList,
} from '../domain/gateway.ts';
import type { KnownContent } from '../domain/known-content.ts';
import { type Run, stageOf } from '../domain/run.ts';
import { type Waiting, waiting } from '../domain/waiting.ts';

type GatedRun = Pick<Run, 'phases' | 'launch' | 'sync' | 'baseline'> & {
  readonly content?: Run['content'] | undefined;
};

/** A push that got lost is most often one into a proxy that restarts. */
const againWaitSeconds = 60;
const attemptsAllowed = 3;

/**
 * The gate for the container gateway, which serves nothing that it does not know. Before the replacement is admitted,
 * Katello's pushes reach the incumbent, so the replacement has completed its list by itself. After the change-over,
 * Katello's own list must have arrived: a push that fails is only a line in Katello's log. `null`: it has what it needs;
 * otherwise another light sync, which pushes again, should be started.
 */
export const gatewayGate = (
  run: GatedRun,
  known: KnownContent,
  gateway: ReportedGateway | null,
): Waiting | null => {
  if (!run.baseline.usesGateway) return null;
  const { instanceId } = run.launch;
  assertHasGateway(instanceId, known, gateway);
  if (gateway === null) return null;
  if (stageOf(run) === 'fill') {
    assertGatewayKnows(instanceId, gateway);
    return null;
  }
  if (hasKatellosList(gateway, run.content?.gatewayRow ?? null)) return null;
  const words = describeMissingList(instanceId, gateway);
  if (run.sync.attempt >= attemptsAllowed)
    throw new NamedFailure('GatewayIncomplete', `${words}, after ${run.sync.attempt} syncs`);
  return waiting(againWaitSeconds, `${words}; starting sync ${run.sync.attempt + 1}`);
};
