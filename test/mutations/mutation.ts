import { isDeepStrictEqual } from 'node:util';
import type { MachineName } from '../../functions/domain/resource-names.ts';
import type { Definition, State } from '../../statemachine/asl.ts';

interface DeliberateBug {
  readonly name: string;
  /** What the product then does, in one sentence. */
  readonly what: string;
}

/** A small change of the product's text that a careful engineer could make. */
export interface TextMutation extends DeliberateBug {
  /** From the project's root. */
  readonly file: string;
  /** Text that occurs exactly once in the file. */
  readonly from: string;
  readonly to: string;
}

/** A small change of a state machine. */
export interface StateMutation extends DeliberateBug {
  readonly machine: MachineName;
  /** Changes exactly one of its states. */
  readonly change: (state: State) => State;
}

export type Mutation = TextMutation | StateMutation;

export const fileOf = (mutation: Mutation): string =>
  'file' in mutation ? mutation.file : `statemachine/${mutation.machine}.asl.json`;

const mutateText = ({ name, file, from, to }: TextMutation, text: string): string => {
  const places = text.split(from).length - 1;
  if (places === 0) throw new Error(`${name}: ${file} no longer holds the text to replace`);
  if (places > 1) throw new Error(`${name}: ${file} holds the text to replace ${places} times`);
  if (from === to) throw new Error(`${name}: changes nothing`);
  // A function, because `$` in the text itself means nothing special.
  return text.replace(from, () => to);
};

const mutateState = ({ name, machine, change }: StateMutation, text: string): string => {
  const definition = JSON.parse(text) as Definition;
  const old = Object.entries(definition.States);
  const States = Object.fromEntries(old.map(([title, state]) => [title, change(state)]));
  const places = old.filter(([title, state]) => !isDeepStrictEqual(States[title], state)).length;
  if (places !== 1) throw new Error(`${name}: changes ${places} states of ${machine}, not 1`);
  return JSON.stringify({ ...definition, States });
};

/** The text of the file with the bug in it; throws when the place of the bug is ambiguous or missing. */
export const mutate = (mutation: Mutation, text: string): string =>
  'file' in mutation ? mutateText(mutation, text) : mutateState(mutation, text);
