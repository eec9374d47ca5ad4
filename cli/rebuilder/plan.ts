import { fleetRunSchema } from '../../functions/domain/fleet-run.ts';
import type { Choice } from './command.ts';
import { assertProxies, type Deployment } from './deployment.ts';
import { startFleet } from './fleet-execution.ts';
import { advised, type Outcome } from './outcome.ts';
import { type PlanDocument, planText } from './plan-text.ts';
import { untilEnded } from './wait.ts';

const planEverySeconds = 2;
const planned = fleetRunSchema.pick({ plan: true });

/** Lets the deployed state machine plan, as a dry run, so that the plan is the one that `start` would make. */
export const plan = async (deployment: Deployment, choice: Choice): Promise<Outcome> => {
  assertProxies(deployment, '--proxies', choice.proxies);
  const execution = await startFleet(deployment, choice, true);
  const ended = await untilEnded(deployment, execution.arn, planEverySeconds);
  const { fleet, outside } = deployment;
  const document: PlanDocument = {
    fleet: fleet.fleet,
    at: outside.clock.now().toISOString(),
    execution,
    plan: planned.safeParse(ended.output).data?.plan ?? null,
    failure: advised(ended.failure),
  };
  return {
    document,
    text: (style) => planText(document, style),
    isDone: document.plan !== null,
  };
};
