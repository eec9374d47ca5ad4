import { resourceNames } from '../functions/domain/resource-names.ts';
import { isServing } from '../functions/domain/survivor.ts';
import type { Tell } from './command.ts';
import type { Deployment } from './deployment.ts';
import {
  type AdvisedFailure,
  addAdvice,
  type ExecutionReference,
  referenceTo,
} from './document.ts';
import { interruptedBy, isRollback } from './execution-input.ts';
import {
  type DescribedExecution,
  describeExecution,
  listExecutions,
  listRunning,
  startExecution,
} from './executions.ts';
import { followHolder, isStillLeft, ownerOfLeftovers } from './follow-holder.ts';
import { findRollingBack, untilRolledBack } from './rolling-back.ts';
import { lookEverySeconds, type ProxyWatcher } from './watch.ts';

/** EventBridge delivers within seconds; after this long, start the rollback here. */
const patienceSeconds = 60;
const nameLengthMax = 80;

/** A proxy that needs a rollback, because its execution was just stopped or was interrupted earlier. */
export interface Interrupted {
  readonly proxy: string;
  readonly execution: DescribedExecution | null;
}

/** The result for one proxy. */
export interface CancelledProxy {
  readonly name: string;
  readonly outcome: 'rolled-back' | 'not-rolled-back';
  /** `null` when an earlier rebuild was interrupted by something other than this command. */
  readonly stopped: ExecutionReference | null;
  readonly rollback: ExecutionReference;
  /** The instance that is serving now. */
  readonly serving: string | null;
  readonly failure: AdvisedFailure | null;
}

/** A rollback of the proxy that is running or was started after the execution was stopped. */
const findRollback = async (
  deployment: Deployment,
  { proxy, execution }: Interrupted,
): Promise<DescribedExecution | null> => {
  const since = execution?.endedAt ?? null;
  if (since === null)
    return findRollingBack(deployment, proxy, await listRunning(deployment, 'rebuild-proxy'));
  for await (const { arn, startedAt } of listExecutions(deployment, 'rebuild-proxy')) {
    if (startedAt < since) return null;
    const each = await describeExecution(deployment, arn);
    if (each === null || !isRollback(each)) continue;
    if (interruptedBy(each) === execution?.arn || each.proxy === proxy) return each;
  }
  return null;
};

const startRollback = async (
  deployment: Deployment,
  { proxy, execution }: Interrupted,
): Promise<string> => {
  const now = deployment.environment.clock.now();
  const name = `cancel-${now.getTime()}-${execution?.name ?? proxy}`.slice(0, nameLengthMax);
  return startExecution(deployment, 'rebuild-proxy', name, {
    proxy,
    reason: 'rollback',
    ...(execution && { interrupted: execution.arn }),
  });
};

/** The ARN of the rollback that EventBridge started or, failing that, of one started here. */
const awaitRollback = async (
  deployment: Deployment,
  interrupted: Interrupted,
  tell: Tell,
): Promise<string> => {
  const { proxy } = interrupted;
  for (let waited = 0; waited <= patienceSeconds; waited += lookEverySeconds) {
    const rollback = await findRollback(deployment, interrupted);
    if (rollback !== null) {
      tell({ proxy, kind: 'state', text: `${rollback.name} is rolling back` });
      return rollback.arn;
    }
    await deployment.environment.sleep(lookEverySeconds);
  }
  tell({ proxy, kind: 'decision', text: 'EventBridge has not started a rollback; starting one' });
  return startRollback(deployment, interrupted);
};

const servingOn = async ({ fleet, ports }: Deployment, proxy: string): Promise<string | null> => {
  const group = await ports.groups.read(resourceNames.group(fleet.fleet, proxy));
  return group.instances.find(isServing)?.id ?? null;
};

/** When a rollback is itself interrupted, follows the next one. */
const followRollbacks = async (
  deployment: Deployment,
  interrupted: Interrupted & { readonly left: string | null },
  watcher: ProxyWatcher,
  tell: Tell,
): Promise<DescribedExecution> => {
  const { proxy, left } = interrupted;
  let execution = interrupted.execution;
  for (;;) {
    const arn = await awaitRollback(deployment, { proxy, execution }, tell);
    const first = await untilRolledBack(deployment, arn, (each) => watcher.look(proxy, each));
    const rollback =
      first.status === 'SUCCEEDED' || first.status === 'RUNNING'
        ? await followHolder(deployment, { proxy, rollback: first, left }, watcher)
        : first;
    if (rollback.status !== 'ABORTED' && rollback.status !== 'TIMED_OUT') return rollback;
    execution = rollback;
  }
};

/** Waits until the proxy is rolled back. */
export const rollBack = async (
  deployment: Deployment,
  interrupted: Interrupted,
  watcher: ProxyWatcher,
  tell: Tell,
): Promise<CancelledProxy> => {
  const { proxy, execution } = interrupted;
  const left = await ownerOfLeftovers(deployment, proxy);
  const rollback = await followRollbacks(deployment, { ...interrupted, left }, watcher, tell);
  const isRolledBack =
    rollback.status !== 'FAILED' && !(await isStillLeft(deployment, proxy, left));
  return {
    name: proxy,
    outcome: isRolledBack ? 'rolled-back' : 'not-rolled-back',
    stopped: execution && referenceTo(execution),
    rollback: referenceTo(rollback),
    serving: await servingOn(deployment, proxy),
    failure: addAdvice(rollback.failure),
  };
};
