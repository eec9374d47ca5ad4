import type { Ports } from '../../functions/ports/ports.ts';

/** Ports that every function has without asking: reading the fleet is how each invocation begins. */
type Given = 'clock' | 'fleet';

type MethodsOf<Port extends keyof Ports> = `${Port}.${Extract<keyof Ports[Port], string>}`;

/** `groups.terminate` and the like: everything that a step can do to the world. */
export type PortMethod = {
  [Port in Exclude<keyof Ports, Given>]: MethodsOf<Port>;
}[Exclude<keyof Ports, Given>];

export type PortName = Exclude<keyof Ports, Given>;

export const portOf = (method: PortMethod): PortName => method.split('.')[0] as PortName;
