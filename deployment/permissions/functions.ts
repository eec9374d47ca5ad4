import { healthMetricsNeeds } from '../../functions/health-metrics/measure.ts';
import type { PortMethod } from '../../functions/ports/port-methods.ts';
import { type StepName, steps } from '../../functions/steps/register.ts';
import type { GrantContext } from './grant-context.ts';
import { methodGrants, readingFleet, readingOneProxy } from './grants/methods.ts';
import type { Permission } from './permission.ts';

const behind = (needs: readonly PortMethod[], context: GrantContext): readonly Permission[] =>
  needs.flatMap((method) => methodGrants[method](context));

/** What the function of a step may do: begin an invocation, and call the methods that its step needs. */
export const permissionsOfStep = (step: StepName, context: GrantContext): readonly Permission[] => {
  const { needs, proxyOf, readsWholeFleet } = steps[step];
  return [
    ...(proxyOf === null ? [] : readingOneProxy(context)),
    ...(readsWholeFleet ? readingFleet(context) : []),
    ...behind(needs, context),
  ];
};

export const permissionsOfHealthMetrics = (context: GrantContext): readonly Permission[] => [
  ...readingFleet(context),
  ...behind(healthMetricsNeeds, context),
];
