import { resourceNames } from '../../functions/domain/resource-names.ts';
import type { ScalingGroup } from '../aws/scaling-group.ts';
import type { Undo } from '../faults/engine.ts';
import type { ScheduledFault } from '../faults/fault.ts';
import { type EventName, isEvent } from '../faults/kinds.ts';
import type { Capsule } from '../katello/capsule.ts';
import type { Machine } from '../machines/machines.ts';
import { isComplete } from '../world/content.ts';
import {
  capsulesOf,
  type EventScope,
  groupsOf,
  redrivable,
  stoppable,
  victimOf,
} from './event-scope.ts';

/** What people, AWS and Katello do by themselves; returns how it is undone. */
type ScheduledEvent = (scope: EventScope, fault: ScheduledFault) => Undo | undefined;

const toGroups =
  (act: (scope: EventScope, group: ScalingGroup, fault: ScheduledFault) => void): ScheduledEvent =>
  (scope, fault) => {
    for (const group of groupsOf(scope, fault)) act(scope, group, fault);
    return undefined;
  };

const toCapsules =
  (act: (scope: EventScope, capsule: Capsule) => void): ScheduledEvent =>
  (scope, fault) => {
    for (const capsule of capsulesOf(scope, fault)) act(scope, capsule);
    return undefined;
  };

/** Does something to the victim in each group, which is disturbed from then on. */
const toVictims = (
  act: (scope: EventScope, group: ScalingGroup, victim: Machine) => void,
): ScheduledEvent =>
  toGroups((scope, group, fault) => {
    const victim = victimOf(scope, group, fault);
    if (victim === undefined) return;
    scope.checker.markDisturbed(group.settings.proxy);
    act(scope, group, victim);
  });

/** CloudFormation replaces a launch template that has changed, and deletes the old one. */
const deploy = ({ kernel, world }: EventScope, group: ScalingGroup): void => {
  const { templates } = world.aws;
  const former = group.template.id;
  const parameter = resourceNames.proxyImageParameter(world.fleet.fleet, group.settings.proxy);
  group.template = {
    id: templates.add(`resolve:ssm:${parameter}`, group.settings.tags),
    version: '1',
  };
  kernel.after(cleanUpSeconds, () => {
    // A late request may have pointed the group back at it: `docs/reliability.md` says what AWS would do.
    if (group.template.id !== former) templates.remove(former);
  });
};

/**
 * Katello brings what is published to one instance only. Any other one lacks it, whether it serves or may
 * have to come back, and the controller cannot have known.
 */
const expectPublished = ({ world, checker }: EventScope, proxy: string): void => {
  const content = world.katello.capsuleOf(proxy)?.content();
  if (content === undefined) return;
  world.content.set(proxy, content);
  const machines = world.machines.living().filter((machine) => machine.proxy === proxy);
  if (!machines.every((machine) => isComplete(machine, content))) checker.markDisturbed(proxy);
};

const suspendable = ['Launch', 'Terminate'] as const;
/** Until CloudFormation deletes what it has replaced. */
const cleanUpSeconds = 60;
const restartSeconds = 300;

const events: Readonly<Record<EventName, ScheduledEvent>> = {
  'instance-dies': toVictims(({ world }, _, { id }) => world.aws.instances.kill(id)),
  'health-replacement': toVictims((_, group, victim) => {
    victim.answersHealthChecks = false;
    group.checkSoon(victim.id);
  }),
  'hook-times-out': toGroups(({ checker }, group) => {
    if (group.members().every(({ hook }) => hook === null)) return;
    checker.markDisturbed(group.settings.proxy);
    group.expireHooks();
  }),
  rebalance: toGroups(({ checker }, group) => {
    if (group.suspended.has('AZRebalance')) return;
    checker.markDisturbed(group.settings.proxy);
    group.rebalance();
  }),
  'processes-suspended': (scope, fault) => {
    const groups = groupsOf(scope, fault);
    for (const group of groups) group.suspendByHand(suspendable);
    return () => {
      for (const group of groups) group.resume(suspendable);
    };
  },
  'sync-cancelled': toCapsules(({ world: { katello } }, { description }) => {
    for (const { id, input } of katello.activeSyncs(description.id))
      if (input['current_request_id'] !== null) katello.tasks.run(id)?.cancel();
  }),
  'automatic-sync': toCapsules(({ world }, { description }) => {
    world.katello.startAutomaticSync(description.id);
  }),
  'content-published': (scope, fault) => {
    const capsules = capsulesOf(scope, fault);
    for (const { description } of capsules) scope.world.publish(description.proxy);
    return () => {
      for (const { description } of capsules) expectPublished(scope, description.proxy);
    };
  },
  'executor-restarts': ({ world }, { forSeconds = restartSeconds }) => {
    world.katello.restartExecutor(forSeconds);
    return undefined;
  },
  'capsule-removed': (scope, fault) => {
    const { katello } = scope.world;
    const capsules = capsulesOf(scope, fault);
    for (const capsule of capsules) katello.remove(capsule);
    return () => {
      for (const capsule of capsules) katello.putBack(capsule);
    };
  },
  'jobs-running': (scope, fault) => {
    const jobs = capsulesOf(scope, fault).flatMap((capsule) => scope.world.startJobs(capsule));
    return () => {
      for (const { run } of jobs) run.finish();
    };
  },
  'path-closed': ({ world }, { path, proxy }) =>
    path === undefined ? undefined : world.paths.close(path, proxy),
  'token-rotated': ({ world }, { first = 'katello' }) => world.serviceToken.renew(first),
  deployment: toGroups(deploy),
  'execution-stopped': (scope, fault) => {
    stoppable(scope, fault)?.stop();
    return undefined;
  },
  'started-again': ({ executions }, { proxy }) => {
    const name = `again-${executions.all().length}`;
    if (proxy === undefined) executions.start('rebuild-fleet', name, { reason: 'manual' });
    else executions.start('rebuild-proxy', name, { reason: 'manual', proxy });
    return undefined;
  },
  'execution-redriven': (scope, fault) => {
    const last = redrivable(scope, fault);
    if (last !== undefined) scope.executions.redrive(last);
    return undefined;
  },
};

/** Lets the event of a fault happen; any other fault does nothing here. */
export const perform = (scope: EventScope, fault: ScheduledFault): Undo | undefined =>
  isEvent(fault.fault) ? events[fault.fault](scope, fault) : undefined;
