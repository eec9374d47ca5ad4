import { type MachineName, machineNames } from '../../functions/domain/resource-names.ts';
import type { StepName } from '../../functions/steps/register.ts';
import type { State } from '../asl.ts';
import { definitions, tasksIn } from './definitions.ts';

/** The step that a state runs; the placeholder of a function is the name of its step. */
export const stepIn = (state: State | undefined): StepName | null => {
  const resource = state?.Type === 'Task' ? state.Resource : '';
  return (/^\$\{(\w+)\}$/.exec(resource)?.[1] as StepName | undefined) ?? null;
};

/** The step that a state of `rebuild-proxy` runs. */
export const stepRunBy = (title: string): StepName | null =>
  stepIn(definitions['rebuild-proxy'].States[title]);

/** The step that a state of `rebuild-fleet` runs. */
export const fleetStepRunBy = (title: string): StepName | null =>
  stepIn(definitions['rebuild-fleet'].States[title]);

/** Every step that a machine runs, sorted by name. */
export const stepsRunBy = (machine: MachineName): readonly StepName[] => {
  const names = tasksIn(definitions[machine]).map(([, task]) => stepIn(task));
  return [...new Set(names.filter((name) => name !== null))].sort();
};

/** How long Step Functions waits for a step; the shortest timeout of its tasks. */
export const taskTimeoutSecondsOf = (step: StepName): number =>
  Math.min(
    ...machineNames
      .flatMap((machine) => tasksIn(definitions[machine]))
      .flatMap(([, task]) => (stepIn(task) === step ? [task.TimeoutSeconds] : [])),
  );

/** Lambda allows a function no more. */
const lambdaSecondsMax = 900;
/** So that the function itself says that its time is over, before Step Functions gives it up. */
const aheadSeconds = 5;

/** How long a function may run: as long as the task that runs it waits. */
export const functionTimeoutSecondsOf = (step: StepName): number =>
  Math.min(lambdaSecondsMax, taskTimeoutSecondsOf(step)) - aheadSeconds;
