import { type MachineName, machineNames } from '../../functions/domain/resource-names.ts';
import { type StepName, steps } from '../../functions/steps/register.ts';
import { readStateMachine } from '../../statemachine/definitions.ts';

interface State {
  readonly Resource?: string;
  readonly TimeoutSeconds?: number;
  readonly ItemProcessor?: { readonly States: Readonly<Record<string, State>> };
}

const statesOf = (states: Readonly<Record<string, State>>): readonly State[] =>
  Object.values(states).flatMap((state) => [
    state,
    ...(state.ItemProcessor ? statesOf(state.ItemProcessor.States) : []),
  ]);

const tasksOf = (machine: MachineName): readonly State[] => {
  const parsed = JSON.parse(readStateMachine(machine)) as { States: Record<string, State> };
  return statesOf(parsed.States);
};

/** The steps that a state machine runs, by the placeholders of its tasks. */
export const stepsOf = (machine: MachineName): readonly StepName[] => {
  const resources = new Set(tasksOf(machine).map(({ Resource }) => Resource));
  return (Object.keys(steps) as StepName[]).filter((name) => resources.has(`\${${name}}`));
};

/** Lambda allows a function no more. */
const lambdaSecondsMax = 900;
/** So that the function itself says that its time is over, before Step Functions gives it up. */
const aheadSeconds = 5;

/** How long a function may run: as long as the most patient task that runs it. */
export const timeoutSecondsOf = (step: StepName): number => {
  const patience = machineNames
    .flatMap(tasksOf)
    .filter(({ Resource }) => Resource === `\${${step}}`)
    .map(({ TimeoutSeconds }) => TimeoutSeconds ?? lambdaSecondsMax);
  return Math.min(lambdaSecondsMax, ...patience) - aheadSeconds;
};
