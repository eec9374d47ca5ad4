import type { MachineName } from '../../functions/domain/resource-names.ts';
import { loadDefinition, substitutions } from '../../sandbox/engine/definitions.ts';
import { ledgerTable, place } from '../../sandbox/world/deployed-fleet.ts';
import { readStateMachine } from '../../statemachine/definitions.ts';

/** A state of either machine, with the machine's name and its own, as far as the tests read it. */
export interface AslState {
  readonly name: string;
  readonly Type: string;
  readonly Comment?: string;
  readonly Resource?: string;
  readonly ResultPath?: string | null;
  readonly Next?: string;
  readonly Default?: string;
  readonly End?: boolean;
  readonly TimeoutSeconds?: number;
  readonly Choices?: readonly { readonly Next: string }[];
  readonly Retry?: readonly {
    readonly ErrorEquals: readonly string[];
    readonly JitterStrategy?: string;
    readonly MaxAttempts?: number;
  }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly SecondsPath?: string;
  readonly ErrorPath?: string;
  readonly ItemProcessor?: AslMachine;
}

export interface AslMachine {
  readonly StartAt: string;
  readonly TimeoutSeconds?: number;
  readonly States: Readonly<Record<string, Omit<AslState, 'name'>>>;
}

export const rawAsl = (machine: MachineName): string => readStateMachine(machine);

export const filledAsl = (machine: MachineName): AslMachine =>
  loadDefinition(machine, substitutions(place, ledgerTable)) as unknown as AslMachine;

/** The machine itself and every machine inside of its maps. */
export const scopesOf = (machine: AslMachine): readonly AslMachine[] => [
  machine,
  ...Object.values(machine.States).flatMap(({ ItemProcessor }) =>
    ItemProcessor === undefined ? [] : scopesOf(ItemProcessor),
  ),
];

export const statesOf = (machine: AslMachine): readonly AslState[] =>
  scopesOf(machine).flatMap((scope) =>
    Object.entries(scope.States).map(([name, state]) => ({ ...state, name })),
  );

/** States that a state can lead to. */
export const successorsOf = (state: Omit<AslState, 'name'>): readonly string[] =>
  [
    state.Next,
    state.Default,
    ...(state.Choices ?? []).map(({ Next }) => Next),
    ...(state.Catch ?? []).map(({ Next }) => Next),
  ].filter((next) => next !== undefined);
