import type { Mutation } from '../mutation.ts';
import { keepLock } from '../state-changes.ts';

/** Locks, budgets, claims, rules of the network: who may do what, and how often. */
export const exclusionMutations: readonly Mutation[] = [
  {
    name: 'functions-are-not-let-in-to-the-balancer',
    file: 'deployment/firewall.ts',
    what: 'No rule lets the functions in to the load balancer, so the fence cannot see the service name.',
    from: 'ingress: [...ingressOf(carried, network), ...fromFunctions],',
    to: 'ingress: ingressOf(carried, network),',
  },
  {
    name: 'lock-is-not-exclusive',
    file: 'statemachine/rebuild-proxy.asl.json',
    what: 'The lock is taken whoever holds it.',
    from: '"ConditionExpression": "attribute_not_exists(id) OR #owner = :me"',
    to: '"ConditionExpression": "attribute_not_exists(id) OR #owner <> :me"',
  },
  {
    name: 'lock-is-always-abandoned',
    file: 'functions/steps/examine-lock.ts',
    what: 'The lock of a running execution counts as abandoned.',
    from: '!(await ports.executions.isRunning(owner))',
    to: '(await ports.executions.isRunning(owner))',
  },
  {
    name: 'lock-is-never-abandoned',
    file: 'functions/steps/examine-lock.ts',
    what: 'The lock of a dead execution is respected forever.',
    from: 'const hasEnded = owner === request.interrupted || ',
    to: 'const hasEnded = owner === request.proxy && ',
  },
  {
    name: 'lock-is-kept-after-success',
    machine: 'rebuild-proxy',
    what: 'A rebuild that has succeeded does not release its lock.',
    change: keepLock('settle'),
  },
  {
    name: 'lock-is-kept-after-rollback',
    machine: 'rebuild-proxy',
    what: 'A rollback does not release the lock.',
    change: keepLock('rollback'),
  },
  {
    name: 'attempts-are-not-counted',
    file: 'functions/domain/budget.ts',
    what: 'An attempt is not added to those that the budget counts.',
    from: 'return isKnown ? recent : [',
    to: 'return isKnown || recent.length > 0 ? recent : [',
  },
  {
    name: 'closing-message-is-not-posted',
    file: 'functions/steps/announce-outcome.ts',
    what: 'A rebuild without an incumbent to retire has nothing to say.',
    from: '!isSilent(run) &&',
    to: '!isSilent(run) && run.failure !== undefined &&',
  },
  {
    name: 'foreign-syncs-are-stopped',
    file: 'functions/adapters/katello/content.ts',
    what: 'The syncs that Katello has started itself count as those of the rebuild.',
    from: 'task.requestId !== null && requestIds.includes(task.requestId)',
    to: 'task.requestId === null || requestIds.includes(task.requestId)',
  },
  {
    name: 'token-in-an-errors-text',
    file: 'functions/adapters/katello/client.ts',
    what: 'The text of a failure tells with what login and token Katello was asked.',
    from: 'throw failedExchange(call, this.#options.url, error, reason);',
    to: 'throw failedExchange(call, this.#options.url, error, `${reason} (${credentials.login}:${credentials.token})`);',
  },
  {
    name: 'authorization-in-an-errors-text',
    file: 'functions/adapters/katello/client.ts',
    what: 'The text of a failure repeats the headers that were sent.',
    from: 'throw failedExchange(call, this.#options.url, error, reason);',
    to: 'throw failedExchange(call, this.#options.url, error, `${reason} (${JSON.stringify(headersFor(call, credentials))})`);',
  },
];
