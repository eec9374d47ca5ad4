import { BadInput } from '../config/problems.ts';
import type { Deployment } from './deployment.ts';
import { isRollback, parentOf, reasonOf } from './execution-input.ts';
import { arnOf, type DescribedExecution, describeExecution, listRunning } from './executions.ts';

export type CancelTarget =
  | { readonly kind: 'everything' }
  | { readonly kind: 'proxy'; readonly proxy: string }
  /** The name or the ARN of an execution. */
  | { readonly kind: 'execution'; readonly execution: string };

/** What to stop, and the proxies to roll back afterwards. */
export interface CancelScope {
  /** Fleet executions first, so that none of them starts another rebuild. */
  readonly executions: readonly DescribedExecution[];
  readonly proxies: readonly string[];
}

/** Heals are not stopped along with everything else: their proxy has lost its instance. */
const isRebuild = (execution: DescribedExecution): boolean => {
  const reason = reasonOf(execution);
  return reason === 'manual' || reason === 'scheduled';
};

const namesOf = (executions: readonly DescribedExecution[]): readonly string[] => [
  ...new Set(executions.flatMap(({ proxy }) => proxy ?? [])),
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
    throw new BadInput([
      `${given}: no such execution in this fleet; "status" lists what is running`,
    ]);
  if (execution.status !== 'RUNNING')
    throw new BadInput([`${given}: already ended; "status" lists what is running`]);
  if (isRollback(execution))
    throw new BadInput([`${given}: is a rollback and cannot be cancelled; let it finish`]);
  return execution;
};

/** Running rebuilds that were started by one of these fleet executions. */
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
    const own = rebuilds.filter(({ proxy }) => proxy === target.proxy);
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
