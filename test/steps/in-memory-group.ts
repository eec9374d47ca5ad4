import { NamedFailure } from '../../functions/domain/failures.ts';
import { resourceNames } from '../../functions/domain/resource-names.ts';
import { isLeaving } from '../../functions/domain/survivor.ts';
import type { GroupInstance, GroupPort } from '../../functions/ports/group.ts';
import type { World } from './world.ts';

/** As AWS says no. */
export const refuse = (why: string): never => {
  throw new NamedFailure('AwsRefused', why);
};

export const groupsOf = (world: World): GroupPort => ({
  read: async (name) =>
    world.fleet.proxies.some((proxy) => resourceNames.group(world.fleet.fleet, proxy.name) === name)
      ? structuredClone(world.group)
      : refuse(`There is no group ${name}`),
  change: async (_group, { sizes, launchTemplateVersion }) => {
    if (sizes !== undefined && sizes.desired > sizes.max)
      refuse(`UpdateAutoScalingGroup was refused (Desired capacity:${sizes.desired})`);
    if (sizes !== undefined) world.group.sizes = sizes;
    if (launchTemplateVersion !== undefined)
      world.group.launchTemplate = { id: 'lt-1', version: launchTemplateVersion };
    world.wrote();
  },
  failedLaunches: async (_name, since) =>
    world.failedLaunches.filter(({ at }) => at >= since).map(({ message }) => message),
  suspend: async (_name, processes) => {
    world.group.suspendedProcesses = [...world.group.suspendedProcesses, ...processes];
    world.wrote();
  },
  resume: async (_name, processes) => {
    world.group.suspendedProcesses = world.group.suspendedProcesses.filter(
      (process) => !processes.includes(process),
    );
    world.wrote();
  },
  protect: async (_name, id, isProtected) => {
    world.instance(id).protectedFromScaleIn = isProtected;
    world.wrote();
  },
  enterStandby: async (_name, id) => {
    const instance = world.instance(id);
    if (isStandby(instance)) return;
    shrink(world, `EnterStandby was refused (min-size=${world.group.sizes.min})`);
    instance.lifecycleState = 'EnteringStandby';
    world.wrote();
  },
  exitStandby: async (_name, id) => {
    const instance = world.instance(id);
    if (instance.lifecycleState !== 'Standby') return;
    instance.lifecycleState = 'Pending';
    world.resize(world.group.sizes.desired + 1);
    world.wrote();
  },
  admit: async (_name, id) => {
    const instance = world.instance(id);
    if (instance.lifecycleState === 'Pending:Wait') instance.lifecycleState = 'Pending:Proceed';
    world.wrote();
  },
  abandon: async (_name, id) => {
    const instance = world.instance(id);
    if (instance.lifecycleState === 'Pending:Wait') instance.lifecycleState = 'Terminating';
    world.wrote();
  },
  heartbeat: async (_name, id) => {
    world.heartbeats.push(id);
    world.keepHookOpen(id);
  },
  terminate: async (id, { decrement }) => {
    const instance = world.group.instances.find((one) => one.id === id);
    if (instance === undefined || isLeaving(instance)) return;
    if (decrement && !isStandby(instance)) shrink(world, 'desiredSize equals minSize');
    instance.lifecycleState = 'Terminating';
    world.wrote();
  },
});

const isStandby = ({ lifecycleState }: GroupInstance): boolean =>
  lifecycleState.endsWith('Standby');

/** One instance less, unless that would be below the minimum. */
const shrink = (world: World, refusal: string): void => {
  const { min, desired } = world.group.sizes;
  if (desired <= min) refuse(refusal);
  world.resize(desired - 1);
};
