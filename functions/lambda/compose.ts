import { ssmFleet } from '../adapters/aws/ssm-fleet.ts';
import { ssmSecrets } from '../adapters/aws/ssm-secrets.ts';
import type { Fleet } from '../domain/fleet.ts';
import type { Ports } from '../ports/ports.ts';
import type { Clients, Environment } from './environment.ts';

/** What a port can be made of in one invocation. */
export interface Invocation extends Environment {
  readonly fleet: Fleet;
  readonly readSecret: (parameterName: string) => Promise<string>;
}

export type ClientFactories = { readonly [Name in keyof Clients]: () => Clients[Name] };

/** How a port is made, and the clients that have to be there for it. */
export interface Wire<Port> {
  readonly clients: Partial<ClientFactories>;
  readonly port: (given: Invocation) => Port;
}

/** A wire for each port by its name. */
export type Wiring<Wired> = { readonly [Name in keyof Wired]: Wire<Wired[Name]> };

/** Makes ports for one invocation, so that renewed credentials and a new deployment count at once. */
export const compose = async <Wired>(
  wiring: Wiring<Wired>,
  environment: Environment,
): Promise<Wired & Pick<Ports, 'clock' | 'fleet'>> => {
  const { settings, clock, ssm } = environment;
  const fleet = await ssmFleet(ssm, settings.fleet).read();
  const given = { ...environment, ...ssmSecrets(ssm), fleet };
  const ports = Object.entries<Wire<unknown>>(wiring).map(([name, wire]) => [
    name,
    wire.port(given),
  ]);
  return { ...Object.fromEntries(ports), clock, fleet: { read: () => Promise.resolve(fleet) } };
};
