import type { StateMachineDefinition } from 'aws-local-stepfunctions';

export interface TaskState {
  readonly name: string;
  readonly resource: string;
}

interface AnyState {
  readonly Type: string;
  readonly Resource?: string;
  readonly ItemProcessor?: { readonly States: Readonly<Record<string, AnyState>> };
}

const tasksIn = (states: Readonly<Record<string, AnyState>>): readonly TaskState[] =>
  Object.entries(states).flatMap(([name, state]) => [
    ...(state.Type === 'Task' ? [{ name, resource: state.Resource ?? '' }] : []),
    ...(state.ItemProcessor === undefined ? [] : tasksIn(state.ItemProcessor.States)),
  ]);

/** All tasks of a machine, those inside of maps included. */
export const taskStates = (definition: StateMachineDefinition): readonly TaskState[] =>
  tasksIn(definition.States as unknown as Readonly<Record<string, AnyState>>);
