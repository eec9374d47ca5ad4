export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A member of an object, if it is text. */
export const textIn = (value: Json, member: string): string | null => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const text = value[member];
  return typeof text === 'string' ? text : null;
};

/** A state entered or left, with the data that it was given or gave. */
export interface StateEvent {
  readonly at: Date;
  readonly kind: 'entered' | 'exited';
  readonly state: string;
  /** `Task`, `Pass` … */
  readonly stateType: string;
  readonly data: Json;
}

/** An event as the interpreter logs it. */
export interface LoggedEvent {
  readonly type: string;
  readonly timestamp: number;
  readonly state?: {
    readonly name: string;
    readonly type: string;
    readonly input: unknown;
    readonly output?: unknown;
  };
}

export const stateEventOf = ({ type, timestamp, state }: LoggedEvent): StateEvent | null => {
  if (state === undefined || (type !== 'StateEntered' && type !== 'StateExited')) return null;
  const at = new Date(timestamp);
  const { name, type: stateType, input, output = null } = state;
  return type === 'StateEntered'
    ? { at, kind: 'entered', state: name, stateType, data: input as Json }
    : { at, kind: 'exited', state: name, stateType, data: output as Json };
};
