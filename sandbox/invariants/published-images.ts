import { resourceNames } from '../../functions/domain/resource-names.ts';
import { begins } from '../../statemachine/readers/phases.ts';
import { proxyOf } from '../world/watch.ts';
import type { SimulatedWorld } from '../world/world.ts';
import { fleetRunOf, runOf, statesOf } from './history.ts';
import type { Finding, Invariant, Snapshot } from './snapshot.ts';

/** What each parameter named at the last snapshot. */
const known = new WeakMap<SimulatedWorld, Map<string, string | undefined>>();

/** Whether a parameter has got another value since the last snapshot. */
const hasChanged = (
  world: SimulatedWorld,
  parameter: string,
  atStart: string | undefined,
): boolean => {
  const values = known.get(world) ?? new Map<string, string | undefined>();
  known.set(world, values);
  const value = world.aws.parameters.get(parameter)?.value;
  const before = values.has(parameter) ? values.get(parameter) : atStart;
  values.set(parameter, value);
  return value !== before;
};

/** Every proxy that a fleet's rebuild had to rebuild from the image is rebuilt from it. */
const isVerifiedForTheFleet = ({ executions }: Snapshot, imageId: string): boolean =>
  executions.all().some((fleetExecution) => {
    const run = fleetExecution.machine === 'rebuild-fleet' ? fleetRunOf(fleetExecution) : null;
    if (run?.image?.id !== imageId) return false;
    const names = new Set(run.plan.proxies.map((proxy) => `${fleetExecution.name}-${proxy}`));
    const rebuilt = executions
      .all()
      .filter(({ name, status }) => names.has(name) && status === 'SUCCEEDED');
    return rebuilt.length === names.size;
  });

/** A replacement from the image serves, and its rebuild has reached its last phase. */
const isVerifiedForTheProxy = ({ executions }: Snapshot, proxy: string, imageId: string): boolean =>
  executions
    .all()
    .some(
      (execution) =>
        execution.machine === 'rebuild-proxy' &&
        proxyOf(execution) === proxy &&
        statesOf(execution).some(begins('settle')) &&
        runOf(execution).plan?.imageId === imageId,
    );

const ofTheFleet = (snapshot: Snapshot): readonly Finding[] => {
  const { world } = snapshot;
  const parameter = resourceNames.currentImageParameter(world.fleet.fleet);
  const imageId = world.aws.parameters.get(parameter)?.value ?? '';
  if (!hasChanged(world, parameter, world.currentImage) || isVerifiedForTheFleet(snapshot, imageId))
    return [];
  return [{ proxy: null, text: `${imageId} is published before every due proxy runs it` }];
};

const ofAProxy = (snapshot: Snapshot, proxy: string): readonly Finding[] => {
  const { world } = snapshot;
  const parameter = resourceNames.proxyImageParameter(world.fleet.fleet, proxy);
  const imageId = world.aws.parameters.get(parameter)?.value ?? '';
  const atStart = world.proxies.get(proxy)?.imageId;
  if (!hasChanged(world, parameter, atStart) || isVerifiedForTheProxy(snapshot, proxy, imageId))
    return [];
  return [{ proxy, text: `${imageId} is published before its replacement has taken over` }];
};

/** How often any parameter had been written at the last snapshot. */
const knownWrites = new WeakMap<SimulatedWorld, number>();

/** What has failed is not published, for one proxy or for the fleet. */
export const publishedImagesAreVerified: Invariant = {
  name: 'published-images-are-verified',
  check: (snapshot) => {
    const { fleet, aws } = snapshot.world;
    if (knownWrites.get(snapshot.world) === aws.parameters.writes) return [];
    knownWrites.set(snapshot.world, aws.parameters.writes);
    return [
      ...ofTheFleet(snapshot),
      ...fleet.proxies.flatMap(({ name }) => ofAProxy(snapshot, name)),
    ];
  },
};
