import { resourceNames } from '../../functions/domain/resource-names.ts';
import type { ScalingGroup } from '../aws/scaling-group.ts';
import type { Execution } from '../engine/execution.ts';
import type { Undo } from '../faults/engine.ts';
import { type Fault, type HappeningName, isHappening } from '../faults/kinds.ts';
import type { Machine } from '../machines/machines.ts';
import { isComplete } from '../world/content.ts';
import { secrets } from '../world/deployed-fleet.ts';
import { proxyOf } from '../world/watch.ts';
import type { Simulation } from './simulation.ts';

/** What people, AWS and Katello do by themselves; what is undone later is given back. */
type Happening = (simulation: Simulation, fault: Fault) => Undo | undefined;

/** The groups that a fault hits: that of its proxy, or all. */
const groupsOf = ({ world }: Simulation, { proxy }: Fault): readonly ScalingGroup[] =>
  [...world.aws.groups.values()].filter(
    ({ settings }) => proxy === undefined || settings.proxy === proxy,
  );

const capsulesOf = ({ world }: Simulation, { proxy }: Fault) =>
  world.fleet.proxies
    .filter(({ name }) => proxy === undefined || name === proxy)
    .flatMap(({ name }) => world.katello.capsuleOf(name) ?? []);

/** The incumbent of a group is its oldest instance that lives, the replacement the youngest beside it. */
const victimOf = (
  { world }: Simulation,
  group: ScalingGroup,
  { target = 'incumbent' }: Fault,
): Machine | undefined => {
  const living = group
    .members()
    .filter(({ state }) => !state.startsWith('Terminat'))
    .toSorted((one, other) => one.joinedAt - other.joinedAt)
    .flatMap(({ id }) => world.machines.get(id) ?? [])
    .filter(({ alive }) => alive);
  return target === 'incumbent' ? living[0] : living.slice(1).at(-1);
};

/** Does something to the victim in each group; from then on not the controller alone decides who serves. */
const toVictims =
  (act: (simulation: Simulation, group: ScalingGroup, victim: Machine) => void): Happening =>
  (simulation, fault) => {
    for (const group of groupsOf(simulation, fault)) {
      const victim = victimOf(simulation, group, fault);
      if (victim === undefined) continue;
      simulation.checker.markDisturbed(group.settings.proxy);
      act(simulation, group, victim);
    }
    return undefined;
  };

/** Of a proxy the rebuild that holds its lock; of none the fleet's, or else any. */
const stoppable = (simulation: Simulation, { proxy }: Fault): Execution | undefined => {
  const running = simulation.executions.all().filter(({ status }) => status === 'RUNNING');
  if (proxy === undefined)
    return running.find(({ machine }) => machine === 'rebuild-fleet') ?? running[0];
  const own = running.filter((execution) => proxyOf(execution) === proxy);
  const holders = simulation.watch.holders.get(proxy);
  return own.find(({ arn }) => holders?.has(arn)) ?? own[0];
};

const hasEndedBadly = ({ machine, status }: Execution): boolean =>
  machine === 'rebuild-proxy' && status !== 'RUNNING' && status !== 'SUCCEEDED';

/** A launch template that says something else is another one; that of before goes. */
const deploy = ({ kernel, world }: Simulation, group: ScalingGroup): void => {
  const { templates } = world.aws;
  const former = group.template.id;
  const parameter = resourceNames.proxyImageParameter(world.fleet.fleet, group.settings.proxy);
  group.template = { id: templates.add(`resolve:ssm:${parameter}`), version: '1' };
  kernel.after(cleanUpSeconds, () => {
    // A late request may have pointed the group back at it: `docs/reliability.md` says what AWS would do.
    if (group.template.id !== former) templates.remove(former);
  });
};

/**
 * Katello brings what is published to one instance only. Any other lacks it, be it the one that serves or
 * the one that may have to come back, and nobody could know before.
 */
const expectPublished = ({ world, checker }: Simulation, proxy: string): void => {
  const content = world.katello.capsuleOf(proxy)?.content();
  if (content === undefined) return;
  world.content.set(proxy, content);
  const machines = world.machines.living().filter((machine) => machine.proxy === proxy);
  if (!machines.every(({ store }) => isComplete(store, content))) checker.markDisturbed(proxy);
};

const suspendable = ['Launch', 'Terminate'] as const;
/** Until CloudFormation deletes what it has replaced. */
const cleanUpSeconds = 60;
const restartSeconds = 300;

const happenings: Readonly<Record<HappeningName, Happening>> = {
  'instance-dies': toVictims(({ world }, _, { id }) => world.aws.instances.kill(id)),
  'health-replacement': toVictims((_, group, victim) => {
    victim.answersHealthChecks = false;
    group.checkSoon(victim.id);
  }),
  'hook-times-out': (simulation, fault) => {
    for (const group of groupsOf(simulation, fault)) {
      if (group.members().every(({ hook }) => hook === null)) continue;
      simulation.checker.markDisturbed(group.settings.proxy);
      group.expireHooks();
    }
    return undefined;
  },
  rebalance: (simulation, fault) => {
    for (const group of groupsOf(simulation, fault)) {
      if (group.suspended.has('AZRebalance')) continue;
      simulation.checker.markDisturbed(group.settings.proxy);
      group.rebalance();
    }
    return undefined;
  },
  'processes-suspended': (simulation, fault) => {
    const groups = groupsOf(simulation, fault);
    for (const group of groups) group.suspendByHand(suspendable);
    return () => {
      for (const group of groups) group.resume(suspendable);
    };
  },
  'sync-cancelled': (simulation, fault) => {
    const { katello } = simulation.world;
    for (const { description } of capsulesOf(simulation, fault))
      for (const { id, username } of katello.activeSyncs(description.id))
        if (username === secrets.login) katello.tasks.run(id)?.cancel();
    return undefined;
  },
  'automatic-sync': (simulation, fault) => {
    for (const { description } of capsulesOf(simulation, fault))
      simulation.world.katello.startAutomaticSync(description.id);
    return undefined;
  },
  'content-published': (simulation, fault) => {
    const capsules = capsulesOf(simulation, fault);
    for (const { description } of capsules) simulation.world.publish(description.proxy);
    return () => {
      for (const { description } of capsules) expectPublished(simulation, description.proxy);
    };
  },
  'executor-restarts': ({ world }, { forSeconds = restartSeconds }) => {
    world.katello.restartExecutor(forSeconds);
    return undefined;
  },
  'capsule-removed': (simulation, fault) => {
    const { katello } = simulation.world;
    const capsules = capsulesOf(simulation, fault);
    for (const capsule of capsules) katello.remove(capsule);
    return () => {
      for (const capsule of capsules) katello.putBack(capsule);
    };
  },
  deployment: (simulation, fault) => {
    for (const group of groupsOf(simulation, fault)) deploy(simulation, group);
    return undefined;
  },
  'execution-stopped': (simulation, fault) => {
    stoppable(simulation, fault)?.stop();
    return undefined;
  },
  'started-again': (simulation, { proxy }) => {
    const name = `again-${simulation.executions.all().length}`;
    if (proxy === undefined) simulation.start('rebuild-fleet', name, { reason: 'manual' });
    else simulation.start('rebuild-proxy', name, { reason: 'manual', proxy });
    return undefined;
  },
  'execution-redriven': ({ executions }, { proxy }) => {
    const last = executions
      .all()
      .findLast(
        (execution) =>
          hasEndedBadly(execution) && (proxy ?? proxyOf(execution)) === proxyOf(execution),
      );
    if (last !== undefined) executions.redrive(last);
    return undefined;
  },
};

/** Lets a fault happen that happens at an instant. */
export const happen = (simulation: Simulation, fault: Fault): Undo | undefined =>
  isHappening(fault.fault) ? happenings[fault.fault](simulation, fault) : undefined;
