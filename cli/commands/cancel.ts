import { proxyOption } from '../../terminal/rebuild-options.ts';
import { below, heading, type Style } from '../../terminal/style.ts';
import { type CancelTarget, childrenOf, scopeOf } from '../cancel-scope.ts';
import { command, type Tell } from '../command.ts';
import type { Deployment } from '../deployment.ts';
import { type ExecutionReference, referenceTo } from '../document.ts';
import { isRollback } from '../execution-input.ts';
import {
  type DescribedExecution,
  type ExecutionStatus,
  listRunning,
  stopExecution,
} from '../executions.ts';
import { type CancelledProxy, type Interrupted, rollBack } from '../rollback.ts';
import { findRollingBack } from '../rolling-back.ts';
import { bold, detailedTable, failureLines, linkLine, type Row } from '../text.ts';
import { ProxyWatcher, untilEnded } from '../watch.ts';

const endEverySeconds = 2;

export interface CancelDocument {
  readonly fleet: string;
  readonly stopped: readonly (ExecutionReference & { readonly status: ExecutionStatus })[];
  readonly proxies: readonly CancelledProxy[];
}

const stopOne = async (
  deployment: Deployment,
  execution: DescribedExecution,
  tell: Tell,
): Promise<DescribedExecution> => {
  await stopExecution(deployment, execution.arn);
  const ended = await untilEnded(deployment, execution.arn, endEverySeconds);
  const how = ended.status === 'ABORTED' ? 'stopped' : `had already ended: ${ended.status}`;
  tell({ proxy: ended.proxy, kind: 'decision', text: `${ended.name} ${how}` });
  return ended;
};

/**
 * Stops fleet executions first. Step Functions also stops their child executions but does not report when it
 * could not, so each child is stopped explicitly, including any started in the meantime.
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

/** Proxies left behind by an interrupted execution, and those with a rollback running. */
const findLeftBehind = async (
  deployment: Deployment,
  proxies: readonly string[],
): Promise<readonly Interrupted[]> => {
  const rebuilds = await listRunning(deployment, 'rebuild-proxy');
  const interrupted: Interrupted[] = [];
  for (const proxy of proxies) {
    const { restorePoint } = await deployment.ports.ledger.read(proxy);
    const own = rebuilds.filter((execution) => execution.proxy === proxy);
    const isWorkedOn = own.some((execution) => !isRollback(execution));
    const rollback = await findRollingBack(deployment, proxy, own);
    if (rollback !== null || (restorePoint !== null && !isWorkedOn))
      interrupted.push({ proxy, execution: null });
  }
  return interrupted;
};

const interruptedBy = (stopped: readonly DescribedExecution[]): readonly Interrupted[] =>
  stopped.flatMap((execution) => {
    const { proxy } = execution;
    // An execution that succeeded before it could be stopped leaves nothing to roll back.
    return proxy === null || execution.status === 'SUCCEEDED' ? [] : [{ proxy, execution }];
  });

const isRolledBack = ({ outcome }: CancelledProxy): boolean => outcome === 'rolled-back';

const row = (proxy: CancelledProxy): Row => [
  isRolledBack(proxy)
    ? { text: '✔ rolled back', colours: ['green'] }
    : { text: '✖ ROLLBACK FAILED', colours: ['bold', 'red'] },
  bold(proxy.name),
  proxy.serving === null ? 'nothing is serving' : `${proxy.serving} is serving`,
];

const details = (proxy: CancelledProxy, style: Style): readonly string[] => [
  ...failureLines(proxy.failure, style),
  ...(isRolledBack(proxy)
    ? []
    : below(`Fix the cause, then retry: npm run rebuilder -- cancel --proxy ${proxy.name}`, style)),
  linkLine('rollback', proxy.rollback.link, style),
];

export const cancelText = (
  { fleet, stopped, proxies }: CancelDocument,
  style: Style,
): readonly string[] => {
  const title = heading(`Cancelled in ${fleet}`, style);
  if (stopped.length === 0 && proxies.length === 0)
    return [title, 'Nothing was running; nothing to roll back.'];
  return [
    '',
    title,
    ...(proxies.length === 0 ? ['Stopped; nothing to roll back.'] : []),
    ...detailedTable(proxies, row, details, style),
  ];
};

/** Stops running executions and waits until every affected proxy is rolled back. */
export const cancel = command({
  help: 'stop what is running and wait for the rollback',
  options: { proxy: proxyOption },
  operand: 'execution',
  contradictions: ({ values, operands: [execution] }) =>
    values.has('proxy') && execution !== undefined
      ? [`--proxy: cannot be combined with the execution ${execution}; use one of them`]
      : [],
  read: ({ values, operands: [execution] }): CancelTarget => {
    const proxy = values.get('proxy');
    if (proxy !== undefined) return { kind: 'proxy', proxy };
    return execution === undefined ? { kind: 'everything' } : { kind: 'execution', execution };
  },
  run: async (deployment, target, tell): Promise<CancelDocument> => {
    const scope = await scopeOf(deployment, target);
    const stopped = await stopAll(deployment, scope.executions, tell);
    const interrupted = interruptedBy(stopped);
    const others = scope.proxies.filter((name) => !interrupted.some(({ proxy }) => proxy === name));
    const watcher = new ProxyWatcher(deployment, tell);
    const all = [...interrupted, ...(await findLeftBehind(deployment, others))];
    const proxies = await Promise.all(all.map((each) => rollBack(deployment, each, watcher, tell)));
    return {
      fleet: deployment.fleet.fleet,
      stopped: stopped.map(({ status, ...execution }) => ({ ...referenceTo(execution), status })),
      proxies,
    };
  },
  isDone: ({ proxies }) => proxies.every(isRolledBack),
  text: cancelText,
});
