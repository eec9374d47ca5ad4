import { isRestore, proxyOf } from './asked.ts';
import { childrenOf, scopeOf } from './cancel-scope.ts';
import { type CancelDocument, type CancelledProxy, cancelText } from './cancel-text.ts';
import type { CancelTarget } from './command.ts';
import { assertProxies, type Deployment } from './deployment.ts';
import { type DescribedExecution, running, stop } from './executions.ts';
import { type Outcome, referenceTo, type Tell } from './outcome.ts';
import { ProxyWatcher } from './proxy-watcher.ts';
import { type Interrupted, putBack } from './put-back.ts';
import { untilEnded } from './wait.ts';

const endEverySeconds = 2;

const stopOne = async (
  deployment: Deployment,
  execution: DescribedExecution,
  tell: Tell,
): Promise<DescribedExecution> => {
  await stop(deployment, execution.arn);
  const ended = await untilEnded(deployment, execution.arn, endEverySeconds);
  const how = ended.status === 'ABORTED' ? 'is stopped' : `has ended by itself: ${ended.status}`;
  tell({ proxy: proxyOf(ended), kind: 'decision', text: `${ended.name} ${how}` });
  return ended;
};

/**
 * The fleet's executions go first. Step Functions stops what they have started along with them, but tells
 * nobody that it could not, so each is stopped by itself as well, and what was started meanwhile.
 */
const stopAll = async (
  deployment: Deployment,
  executions: readonly DescribedExecution[],
  tell: Tell,
): Promise<readonly DescribedExecution[]> => {
  const fleets = executions.filter(({ machine }) => machine === 'rebuild-fleet');
  const children = await childrenOf(deployment, fleets);
  const stopped: DescribedExecution[] = [];
  for (const execution of fleets) stopped.push(await stopOne(deployment, execution, tell));
  const rebuilds = [
    ...executions.filter(({ machine }) => machine === 'rebuild-proxy'),
    ...children,
    ...(await childrenOf(deployment, fleets)),
  ];
  const known = new Map(rebuilds.map((execution) => [execution.arn, execution]));
  for (const execution of known.values()) stopped.push(await stopOne(deployment, execution, tell));
  return stopped;
};

/** Proxies on which an earlier execution was cut off, and those on which a restore runs. */
const leftBehind = async (
  { ports }: Deployment,
  proxies: readonly string[],
  rebuilds: readonly DescribedExecution[],
): Promise<readonly Interrupted[]> => {
  const found: Interrupted[] = [];
  for (const proxy of proxies) {
    const { restorePoint } = await ports.ledger.read(proxy);
    const own = rebuilds.filter((execution) => proxyOf(execution) === proxy);
    const isWorkedOn = own.some((execution) => !isRestore(execution));
    if (own.some(isRestore) || (restorePoint !== null && !isWorkedOn))
      found.push({ proxy, execution: null });
  }
  return found;
};

const interruptedBy = (stopped: readonly DescribedExecution[]): readonly Interrupted[] =>
  stopped.flatMap((execution) => {
    const proxy = proxyOf(execution);
    // One that had succeeded before it was stopped has nothing to put back.
    return proxy === null || execution.status === 'SUCCEEDED' ? [] : [{ proxy, execution }];
  });

/** Stops what runs, and waits until every proxy that it worked on is as it was. */
export const cancel = async (
  deployment: Deployment,
  target: CancelTarget,
  tell: Tell,
): Promise<Outcome> => {
  assertProxies(deployment, '--proxy', target.kind === 'proxy' ? [target.proxy] : []);
  const scope = await scopeOf(deployment, target);
  const stopped = await stopAll(deployment, scope.executions, tell);
  const interrupted = interruptedBy(stopped);
  const others = scope.proxies.filter((name) => !interrupted.some(({ proxy }) => proxy === name));
  const rebuilds = await running(deployment, 'rebuild-proxy');
  const watcher = new ProxyWatcher(deployment, tell);
  const proxies: CancelledProxy[] = await Promise.all(
    [...interrupted, ...(await leftBehind(deployment, others, rebuilds))].map((each) =>
      putBack(deployment, each, watcher, tell),
    ),
  );
  const document: CancelDocument = {
    fleet: deployment.fleet.fleet,
    stopped: stopped.map((execution) => ({ ...referenceTo(execution), status: execution.status })),
    proxies,
  };
  return {
    document,
    text: (style) => cancelText(document, style),
    isDone: proxies.every(({ outcome }) => outcome === 'put-back'),
  };
};
