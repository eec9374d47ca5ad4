import type { Deployment } from './deployment.ts';
import { isRollback } from './execution-input.ts';
import { type DescribedExecution, describeExecution } from './executions.ts';
import { untilRolledBack } from './rolling-back.ts';
import { lookEverySeconds, type ProxyWatcher } from './watch.ts';

/** The execution whose changes have yet to be rolled back. */
export const ownerOfLeftovers = async (
  { ports }: Deployment,
  proxy: string,
): Promise<string | null> => (await ports.ledger.read(proxy)).restorePoint?.owner ?? null;

/** Whether the changes of that execution, if there were any, are still there. */
export const isStillLeft = async (
  deployment: Deployment,
  proxy: string,
  owner: string | null,
): Promise<boolean> => owner !== null && (await ownerOfLeftovers(deployment, proxy)) === owner;

/** The execution that holds the lock of the proxy, if it is running. */
const runningHolder = async (
  deployment: Deployment,
  proxy: string,
): Promise<DescribedExecution | null> => {
  const holder = await deployment.ports.ledger.lockHolder(proxy);
  const execution = holder && (await describeExecution(deployment, holder.executionArn));
  return execution?.status === 'RUNNING' ? execution : null;
};

/**
 * A rollback that finds the lock taken succeeds at once and leaves the work to the holder, for example to a rollback
 * that EventBridge has started after all. Follows the holder as long as there is something left.
 */
export const followHolder = async (
  deployment: Deployment,
  { proxy, rollback, left }: { proxy: string; rollback: DescribedExecution; left: string | null },
  watcher: ProxyWatcher,
): Promise<DescribedExecution> => {
  let last = rollback;
  for (;;) {
    const holder = await runningHolder(deployment, proxy);
    // In this order: a holder that has finished in between has left nothing.
    const isLeft = await isStillLeft(deployment, proxy, left);
    if (!isLeft || holder === null) return last;
    await watcher.look(proxy, holder);
    await deployment.environment.sleep(lookEverySeconds);
    last = isRollback(holder)
      ? await untilRolledBack(deployment, holder.arn, (each) => watcher.look(proxy, each))
      : holder;
  }
};
