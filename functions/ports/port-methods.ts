import type { Ports } from './ports.ts';

/** `groups.terminate` and the like: every single thing that can be asked of a port. */
type AnyMethod = {
  [Port in keyof Ports]: `${Port}.${Extract<keyof Ports[Port], string>}`;
}[keyof Ports];

/**
 * What every step has without declaring it, and every function without a grant of its own: telling the time
 * touches nothing, and each invocation begins by reading the fleet.
 */
export type GivenMethod = 'clock.now' | 'fleet.read';

/** What a step has to declare before it can call it; its function is granted exactly that. */
export type PortMethod = Exclude<AnyMethod, GivenMethod>;

type PortIn<Method extends AnyMethod> = Method extends `${infer Port extends keyof Ports}.${string}`
  ? Port
  : never;

export type PortName = PortIn<PortMethod>;

type MethodsOf<Port extends keyof Ports, Method extends AnyMethod> = Extract<
  Method extends `${Port}.${infer Name}` ? Name : never,
  keyof Ports[Port]
>;

/** The ports as far as these methods go; calling any other is a compile error. */
export type PortsWith<Method extends AnyMethod> = {
  readonly [Port in PortIn<Method>]: Pick<Ports[Port], MethodsOf<Port, Method>>;
};

/** The same for a list of methods: what an operation exports as its needs, and steps add to their own. */
export type PortsFor<Needs extends readonly AnyMethod[]> = PortsWith<Needs[number]>;

export const portOf = (method: PortMethod): PortName => method.split('.')[0] as PortName;
