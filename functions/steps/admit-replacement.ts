import { NamedFailure } from '../domain/failures.ts';
import type { Group, GroupInstance } from '../domain/group.ts';
import { runSchema } from '../domain/run.ts';
import { isLeaving, isServing } from '../domain/survivor.ts';
import { describeHealth, isHealthyEverywhere, type TargetHealth } from '../domain/target-health.ts';
import { elapsedSeconds, notYet, notYetAfter, ready } from '../domain/waiting.ts';
import { drainJobs, drainNeeds } from '../operations/job-drain.ts';
import { findInstance, healthOf, observeProxy } from '../operations/observed-proxy.ts';
import type { PortsWith } from '../ports/port-methods.ts';
import { step } from './step.ts';

const input = runSchema
  .pick({ execution: true, request: true, phases: true, plan: true, launch: true })
  .extend({
    standby: runSchema.shape.standby.optional(),
    admit: runSchema.shape.admit.optional(),
  });

const describe = (
  { id, lifecycleState, healthy }: GroupInstance,
  health: readonly TargetHealth[],
): string =>
  `${id} is ${lifecycleState}${healthy ? '' : ', unhealthy for Auto Scaling'}; ${describeHealth(health)}`;

/**
 * Auto Scaling may have launched more than the instance that a heal adopted, and it terminates the oldest when
 * it scales in, which would be the filled one. Only instances in service can be protected.
 */
const keepFromScaleIn = async (
  ports: PortsWith<'groups.protect'>,
  group: Group,
  instance: GroupInstance,
  adopted: string | null,
): Promise<void> => {
  if (instance.id !== adopted || instance.protectedFromScaleIn) return;
  await ports.groups.protect(group.name, instance.id, true);
};

/**
 * Lets the replacement into service and waits until Auto Scaling and every listener of the NLB report it
 * healthy. Called again after the soak, it confirms that this is still so.
 */
export const admitReplacement = step(
  {
    input,
    needs: [
      ...drainNeeds,
      'balancer.targetHealth',
      'groups.admit',
      'groups.protect',
      'groups.read',
    ],
    writes: 'admit',
    underLock: true,
  },
  async (ports, run) => {
    const { instanceId } = run.launch;
    const observed = await observeProxy(ports, run.request.proxy);
    const { group } = observed;
    const instance = findInstance(group, instanceId);
    if (instance === undefined || isLeaving(instance)) {
      throw new NamedFailure(
        'ReplacementUnhealthy',
        `Auto Scaling terminated ${instanceId} before it was healthy on every listener`,
      );
    }
    let drain = run.admit?.drain;
    if (instance.lifecycleState === 'Pending:Wait') {
      const drained = await drainJobs(ports, observed, run, drain);
      if (drained.wait !== null) return { ...drained.wait, drain: drained.drain };
      drain = drained.drain;
      await ports.groups.admit(group.name, instanceId);
    }
    const facts = drain === undefined ? {} : { drain };
    const health = await healthOf(ports, group, instanceId);
    if (isServing(instance) && isHealthyEverywhere(health)) {
      await keepFromScaleIn(ports, group, instance, run.plan.adopt);
      return ready(facts);
    }
    const now = ports.clock.now();
    const missing = describe(instance, health);
    if (run.phases.soak === undefined)
      return { ...notYet(run, 'admit', now, missing, drain?.seconds), ...facts };
    const illSeconds = elapsedSeconds(run, 'soak', now) - (run.standby?.soakSeconds ?? 0);
    return { ...notYetAfter(illSeconds, 'relapse', `${missing}, after the soak`), ...facts };
  },
);
