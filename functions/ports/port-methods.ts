import type { Ports } from './ports.ts';

/** Every method of every port, such as `groups.terminate`. */
type AnyMethod = {
  [Port in keyof Ports]: `${Port}.${Extract<keyof Ports[Port], string>}`;
}[keyof Ports];

/**
 * Methods that every step has without declaring them and every function without a grant of its own: reading
 * the clock touches nothing, and each invocation starts by reading the fleet.
 */
export type GivenMethod = 'clock.now' | 'fleet.read';

/** Methods that a step has to declare before it can call them; its function is granted exactly these. */
export type PortMethod = Exclude<AnyMethod, GivenMethod>;

type PortIn<Method extends AnyMethod> = Method extends `${infer Port extends keyof Ports}.${string}`
  ? Port
  : never;

export type PortName = PortIn<PortMethod>;

type MethodsOf<Port extends keyof Ports, Method extends AnyMethod> = Extract<
  Method extends `${Port}.${infer Name}` ? Name : never,
  keyof Ports[Port]
>;

/** The ports restricted to these methods; calling any other does not compile. */
export type PortsWith<Method extends AnyMethod> = {
  readonly [Port in PortIn<Method>]: Pick<Ports[Port], MethodsOf<Port, Method>>;
};

/** The same for a list of methods: an operation exports its needs, and steps add them to their own. */
export type PortsFor<Needs extends readonly AnyMethod[]> = PortsWith<Needs[number]>;

export const portOf = (method: PortMethod): PortName => method.split('.')[0] as PortName;
