import type { FleetRun } from '../../functions/domain/fleet-run.ts';
import { resourceNames } from '../../functions/domain/resource-names.ts';
import type { SimulatedExecution } from '../engine/execution.ts';
import { recordOf } from './bookkeeping.ts';
import { fleetRunOf } from './history.ts';
import type { Finding, Invariant, Snapshot } from './snapshot.ts';

const ofTheFleet = (findings: readonly string[]): readonly Finding[] =>
  findings.map((text) => ({ proxy: null, text }));

const perFleetRun =
  (
    check: (snapshot: Snapshot, execution: SimulatedExecution) => readonly Finding[],
  ): Invariant['check'] =>
  (snapshot) =>
    snapshot.ended
      .filter(({ machine }) => machine === 'rebuild-fleet')
      .flatMap((execution) => check(snapshot, execution));

type Rebuilds = FleetRun['wave']['rebuilds'];

interface Wave {
  readonly at: Date;
  readonly rebuilds: Rebuilds;
}

const wavesOf = ({ history }: SimulatedExecution): readonly Wave[] =>
  history
    .filter(({ kind, stateType }) => kind === 'entered' && stateType === 'Map')
    .map(({ at, data }) => ({ at, rebuilds: rebuildsIn(data) }));

const rebuildsIn = (data: unknown): Rebuilds => (data as Pick<FleetRun, 'wave'>).wave.rebuilds;

/** First the canary alone, then at most `concurrency` at a time, and none after a failure. */
export const waveLimitsHold: Invariant = {
  name: 'wave-limits-hold',
  check: perFleetRun(({ executions }, execution) => {
    const plan = fleetRunOf(execution)?.plan;
    if (plan === undefined) return [];
    const waves = wavesOf(execution);
    const hasFailed = (rebuild: Rebuilds[number]): boolean =>
      executions.all().some(({ name, status }) => name === rebuild.name && status === 'FAILED');
    return ofTheFleet(
      waves.flatMap(({ rebuilds }, index) => {
        const most = plan.hasCanary && index === 0 ? 1 : plan.concurrency;
        const failed = waves.slice(0, index).flatMap((wave) => wave.rebuilds.filter(hasFailed));
        return [
          ...(rebuilds.length > most ? [`${rebuilds.length} proxies at once, not ${most}`] : []),
          ...failed.map(({ proxy }) => `a wave started after ${proxy} had failed`),
        ];
      }),
    );
  }),
};

const isSweep = ({ input, status }: SimulatedExecution): boolean => {
  const asked = input as { readonly reason?: string; readonly force?: boolean };
  return status === 'SUCCEEDED' && asked.reason === 'scheduled' && asked.force !== true;
};

const dayMs = 86_400_000;

/** Why the sweep should have rebuilt a proxy, as of the start of the sweep; `null`: not due. */
const reasonToRebuild = (
  snapshot: Snapshot,
  sweep: SimulatedExecution,
  proxy: string,
): string | null => {
  const { world, executions } = snapshot;
  const point = recordOf(snapshot, proxy)?.restorePoint ?? null;
  const owner = point === null ? undefined : executions.get(point.owner);
  const wasLeft = owner?.stoppedAt != null && owner.stoppedAt < sweep.startedAt;
  if (wasLeft && (snapshot.holders.get(proxy)?.size ?? 0) === 0)
    return `the changes left by ${owner.name} were not rolled back`;
  const group = world.aws.groups.get(resourceNames.group(world.fleet.fleet, proxy));
  const limit = sweep.startedAt.getTime() - world.fleet.cycle.softLimitDays * dayMs;
  const old = group
    ?.members()
    .find(
      ({ id, state }) =>
        !state.startsWith('Terminat') && (world.aws.instances.get(id)?.launchedAt ?? limit) < limit,
    );
  return old === undefined ? null : `${old.id} is due but was not rebuilt`;
};

/** The daily sweep never skips a proxy that is due. */
export const sweepsSkipNoDueProxy: Invariant = {
  name: 'sweeps-skip-no-due-proxy',
  check: perFleetRun((snapshot, execution) => {
    const plan = isSweep(execution) ? fleetRunOf(execution)?.plan : undefined;
    if (plan === undefined || snapshot.world.fleet.cycle.windows.length > 0) return [];
    if (plan.status !== 'go' && plan.status !== 'nothing-due') return [];
    return plan.verdicts
      .filter(({ name, why }) => !plan.proxies.includes(name) && why !== 'is being rebuilt')
      .flatMap(({ name }) => {
        const reason = reasonToRebuild(snapshot, execution, name);
        return reason === null ? [] : [{ proxy: name, text: `${execution.name}: ${reason}` }];
      });
  }),
};
