import type { Parameter } from '@aws-sdk/client-ssm';
import type { z } from 'zod';
import { NamedFailure } from '../../domain/failures.ts';
import { label } from '../../domain/fleet/names.ts';
import { type Fleet, fleetSchema } from '../../domain/fleet.ts';
import { resourceNames } from '../../domain/resource-names.ts';
import type { FleetPort } from '../../ports/fleet.ts';
import { parseOnce } from '../parse-once.ts';
import type { SsmClient } from './clients.ts';
import { readParameters, readParametersBelow } from './ssm-parameters.ts';

/** Every invocation reads the parameters, but only parses those that changed; proxies may take turns in a container. */
const fleetOf = parseOnce<Fleet>(32);

export interface StoredFleet extends FleetPort {
  /** The fleet with this proxy alone, in one call; all proxies take a call for every ten. */
  readWith(proxy: string): Promise<Fleet>;
}

export const ssmFleet = (client: SsmClient, fleetName: string): StoredFleet => {
  const name = resourceNames.fleetParameter(fleetName);
  return {
    read: async () =>
      storedFleet(name, await readParametersBelow(client, resourceNames.configuration(fleetName))),
    readWith: async (proxy) => {
      if (!label.safeParse(proxy).success) throw unknownProxy(fleetName, proxy);
      const own = resourceNames.proxyParameter(fleetName, proxy);
      const parameters = await readParameters(client, [name, own]);
      const [fleet, found] = [name, own].map((wanted) =>
        parameters.find(({ Name }) => Name === wanted),
      );
      if (fleet !== undefined && found === undefined) throw unknownProxy(fleetName, proxy);
      return storedFleet(
        name,
        [fleet, found].flatMap((parameter) => parameter ?? []),
      );
    },
  };
};

const unknownProxy = (fleetName: string, proxy: string): NamedFailure =>
  new NamedFailure(
    'BadRequest',
    `the fleet ${fleetName} has no proxy "${proxy}": there is no parameter ${resourceNames.proxyParameter(fleetName, proxy)}`,
  );

const storedFleet = (name: string, parameters: readonly Parameter[]): Fleet => {
  const text = parameters.map(({ Name, Value }) => `${Name} ${Value}`).join('\n');
  return fleetOf(text, () => parseFleet(name, parameters));
};

const parseFleet = (name: string, parameters: readonly Parameter[]): Fleet => {
  const fleet = parameters.find((parameter) => nameOf(parameter) === name);
  if (fleet === undefined) throw new NamedFailure('BadFleetConfiguration', missing(name));
  const proxies = parameters
    .filter((parameter) => parameter !== fleet)
    .toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  const parsed = fleetSchema.safeParse({
    ...asObject(name, fleet.Value),
    proxies: proxies.map((parameter) => asObject(nameOf(parameter), parameter.Value)),
  });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => problemOf(issue, name, proxies));
  throw new NamedFailure('BadFleetConfiguration', `${problems.join('; ')}; ${remedy}`);
};

const remedy = 'correct the fleet file and deploy it';

const nameOf = (parameter: Parameter): string => parameter.Name ?? '';

const missing = (name: string): string => `There is no parameter ${name}; deploy the fleet`;

const asObject = (parameter: string, value: string | undefined): object => {
  const parsed = parsedJson(value);
  if (typeof parsed === 'object' && parsed !== null) return parsed;
  throw new NamedFailure(
    'BadFleetConfiguration',
    `The parameter ${parameter} does not hold a JSON object; ${remedy}`,
  );
};

const parsedJson = (value: string | undefined): unknown => {
  try {
    return JSON.parse(value ?? '');
  } catch {
    return undefined;
  }
};

/** `proxies.0.volumeGib` is `volumeGib` in that proxy's own parameter. */
const problemOf = (
  { path, message }: z.core.$ZodIssue,
  fleet: string,
  proxies: readonly Parameter[],
): string => {
  const [first, index, ...rest] = path;
  if (first !== 'proxies') return `${fleet}: ${path.join('.') || 'the whole'} ${message}`;
  const parameter = typeof index === 'number' ? proxies[index] : undefined;
  if (parameter === undefined) return `${fleet}: its proxies: ${message}`;
  return `${nameOf(parameter)}: ${rest.join('.') || 'the whole'} ${message}`;
};
