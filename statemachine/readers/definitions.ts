import { readFileSync } from 'node:fs';
import type { MachineName } from '../../functions/domain/resource-names.ts';
import type { Definition, Scope, State, TaskState } from '../asl.ts';

type Titled<Kind = State> = readonly (readonly [title: string, state: Kind])[];

/** The file that is deployed, with its placeholders. */
export const readText = (machine: MachineName): string =>
  readFileSync(new URL(`../${machine}.asl.json`, import.meta.url), 'utf8');

/** Has the shape that write.ts gave it. */
export const readDefinition = (machine: MachineName): Definition =>
  JSON.parse(readText(machine)) as Definition;

/** Both machines, with their placeholders. */
export const definitions: Readonly<Record<MachineName, Definition>> = {
  'rebuild-fleet': readDefinition('rebuild-fleet'),
  'rebuild-proxy': readDefinition('rebuild-proxy'),
};

/** A scope and every scope inside its maps. */
export const scopesIn = (scope: Scope): readonly Scope[] => [
  scope,
  ...Object.values(scope.States).flatMap((state) =>
    state.Type === 'Map' ? scopesIn(state.ItemProcessor) : [],
  ),
];

/** Every state, including those inside maps. */
export const statesIn = (scope: Scope): Titled =>
  scopesIn(scope).flatMap(({ States }) => Object.entries(States));

export const tasksIn = (scope: Scope): Titled<TaskState> =>
  statesIn(scope).flatMap(([title, state]) =>
    state.Type === 'Task' ? [[title, state] as const] : [],
  );

/** Titles of the states that a state may lead to, including on failure. */
export const successorsOf = (state: State): readonly string[] => [
  ...('Next' in state && state.Next !== undefined ? [state.Next] : []),
  ...('Default' in state ? [...state.Choices.map(({ Next }) => Next), state.Default] : []),
  ...('Catch' in state ? state.Catch.map(({ Next }) => Next) : []),
];
