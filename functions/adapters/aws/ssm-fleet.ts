import type { Parameter } from '@aws-sdk/client-ssm';
import type { z } from 'zod';
import { NamedFailure } from '../../domain/failures.ts';
import { type Fleet, fleetSchema } from '../../domain/fleet.ts';
import { resourceNames } from '../../domain/resource-names.ts';
import type { FleetPort } from '../../ports/fleet.ts';
import type { SsmSender } from './sender.ts';
import { readParameter, readParametersBelow } from './ssm-parameters.ts';

/** Every invocation reads the parameters; only what has changed since the last one is parsed anew. */
let known: { readonly text: string; readonly fleet: Fleet } | undefined;

export const ssmFleet = (client: SsmSender, fleetName: string): FleetPort => ({
  read: async () => {
    const names = {
      fleet: resourceNames.fleetParameter(fleetName),
      proxies: resourceNames.proxyParameters(fleetName),
    };
    const [fleet, parameters] = await Promise.all([
      readFleetParameter(client, names.fleet),
      readParametersBelow(client, names.proxies),
    ]);
    const proxies = parameters.toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
    const text = [fleet, ...proxies.map(({ Value }) => Value)].join('\n');
    if (known?.text === text) return known.fleet;
    const parsed = fleetSchema.safeParse({
      ...asObject(names.fleet, fleet),
      proxies: proxies.map((parameter) => asObject(nameOf(parameter), parameter.Value)),
    });
    if (parsed.success) {
      known = { text, fleet: parsed.data };
      return parsed.data;
    }
    const problems = parsed.error.issues.map((issue) => problemOf(issue, names, proxies));
    throw new NamedFailure('BadFleetConfiguration', `${problems.join('; ')}; ${remedy}`);
  },
});

const remedy = 'correct the fleet file and deploy it';

const nameOf = (parameter: Parameter): string => parameter.Name ?? '';

const readFleetParameter = async (client: SsmSender, name: string): Promise<string> => {
  const value = await readParameter(client, name);
  if (value !== null) return value;
  throw new NamedFailure(
    'BadFleetConfiguration',
    `There is no parameter ${name}; deploy the fleet`,
  );
};

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

/** `proxies.0.volumeGib` is `volumeGib` of that proxy's own parameter. */
const problemOf = (
  { path, message }: z.core.$ZodIssue,
  names: { readonly fleet: string; readonly proxies: string },
  proxies: readonly Parameter[],
): string => {
  const [first, index, ...rest] = path;
  if (first !== 'proxies') return `${names.fleet}: ${path.join('.') || 'the whole'} ${message}`;
  const parameter = typeof index === 'number' ? proxies[index] : undefined;
  if (parameter === undefined) return `${names.proxies}: ${message}`;
  return `${nameOf(parameter)}: ${rest.join('.') || 'the whole'} ${message}`;
};
