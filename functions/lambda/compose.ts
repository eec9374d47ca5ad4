import { ssmFleet } from '../adapters/aws/ssm-fleet.ts';
import type { Fleet } from '../domain/fleet.ts';
import type { Ports } from '../ports/ports.ts';
import type { Clients, FunctionEnvironment } from './environment.ts';

/** What a port can be made of in one invocation. */
export interface Invocation extends FunctionEnvironment {
  readonly fleet: Fleet;
}

export type ClientFactories = { readonly [Name in keyof Clients]: () => Clients[Name] };

/** How a port is made, and the clients that have to be there for it. */
export interface Wire<Port> {
  readonly clients: Partial<ClientFactories>;
  readonly port: (given: Invocation) => Port;
}

/** A wire for each port by its name. */
export type Wiring<Wired> = { readonly [Name in keyof Wired]: Wire<Wired[Name]> };

/**
 * Makes ports for one invocation, so that a new deployment counts at once. A step of one proxy gets the fleet with
 * that proxy alone.
 */
export const compose = async <Wired>(
  wiring: Wiring<Wired>,
  environment: FunctionEnvironment,
  proxy: string | null,
): Promise<Wired & Pick<Ports, 'clock' | 'fleet'>> => {
  const { settings, clock, ssm } = environment;
  const stored = ssmFleet(ssm, settings.fleet);
  const fleet = await (proxy === null ? stored.read() : stored.readWith(proxy));
  const given = { ...environment, fleet };
  const ports = Object.entries<Wire<unknown>>(wiring).map(([name, wire]) => [
    name,
    wire.port(given),
  ]);
  return { ...Object.fromEntries(ports), clock, fleet: { read: () => Promise.resolve(fleet) } };
};
