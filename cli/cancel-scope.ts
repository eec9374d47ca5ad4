import { BadInput } from '../config/problems.ts';
import type { Deployment } from './deployment.ts';
import { isRollback, parentOf, proxyOf, reasonOf } from './execution-input.ts';
import { arnOf, type DescribedExecution, describeExecution, listRunning } from './executions.ts';

export type CancelTarget =
  | { readonly kind: 'everything' }
  | { readonly kind: 'proxy'; readonly proxy: string }
  /** The name or the ARN of an execution. */
  | { readonly kind: 'execution'; readonly execution: string };

/** What is stopped, and on which proxies everything is then put back. */
export interface CancelScope {
  /** Executions of the fleet first, so that none of them begins another rebuild. */
  readonly executions: readonly DescribedExecution[];
  readonly proxies: readonly string[];
}

/** A heal is not stopped with all the rest: the proxy that it works on has lost its instance. */
const isRebuild = (execution: DescribedExecution): boolean => {
  const reason = reasonOf(execution);
  return reason === 'manual' || reason === 'scheduled';
};

const namesOf = (executions: readonly DescribedExecution[]): readonly string[] => [
  ...new Set(executions.flatMap((execution) => proxyOf(execution) ?? [])),
];

const findNamed = async (
  deployment: Deployment,
  given: string,
): Promise<DescribedExecution | null> => {
  if (given.startsWith('arn:')) return describeExecution(deployment, given);
  return (
    (await describeExecution(deployment, arnOf(deployment, 'rebuild-fleet', given))) ??
    (await describeExecution(deployment, arnOf(deployment, 'rebuild-proxy', given)))
  );
};

const assertCanBeStopped = (
  given: string,
  execution: DescribedExecution | null,
): DescribedExecution => {
  if (execution === null)
    throw new BadInput([`${given}: is no execution of this fleet; "status" names those that run`]);
  if (execution.status !== 'RUNNING')
    throw new BadInput([`${given}: has ended already; "status" names those that run`]);
  if (isRollback(execution))
    throw new BadInput([`${given}: puts an interrupted rebuild back; let it end`]);
  return execution;
};

/** Rebuilds that one of these executions of the fleet has started and that run. */
export const childrenOf = async (
  deployment: Deployment,
  parents: readonly DescribedExecution[],
): Promise<readonly DescribedExecution[]> => {
  const arns = parents.map(({ arn }) => arn);
  const rebuilds = await listRunning(deployment, 'rebuild-proxy');
  return rebuilds.filter((execution) => arns.includes(parentOf(execution) ?? ''));
};

export const scopeOf = async (
  deployment: Deployment,
  target: CancelTarget,
): Promise<CancelScope> => {
  if (target.kind === 'execution') {
    const execution = assertCanBeStopped(
      target.execution,
      await findNamed(deployment, target.execution),
    );
    return { executions: [execution], proxies: namesOf([execution]) };
  }
  const rebuilds = await listRunning(deployment, 'rebuild-proxy');
  if (target.kind === 'proxy') {
    const own = rebuilds.filter((execution) => proxyOf(execution) === target.proxy);
    return {
      executions: own.filter((execution) => !isRollback(execution)),
      proxies: [target.proxy],
    };
  }
  return {
    executions: [
      ...(await listRunning(deployment, 'rebuild-fleet')),
      ...rebuilds.filter((execution) => isRebuild(execution)),
    ],
    proxies: deployment.fleet.proxies.map(({ name }) => name),
  };
};
