import type { MachineName } from '../../functions/domain/resource-names.ts';
import type { Definition } from '../asl.ts';
import { readText } from './definitions.ts';

type Values = Readonly<Record<string, string>>;

const placeholder = /\$\{(\w+)\}/g;

const placeholdersOf = (machine: MachineName): ReadonlySet<string> =>
  new Set([...readText(machine).matchAll(placeholder)].map(([, name = '']) => name));

/** Exactly one value for each placeholder of a machine: CloudFormation rejects unused substitutions. */
export const substitutionsFor = (machine: MachineName, values: Values): Values => {
  const entries = [...placeholdersOf(machine)].map((name) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${machine}.asl.json: no value for \${${name}}`);
    return [name, value] as const;
  });
  return Object.fromEntries(entries);
};

/** A machine as deployed, with these values. */
export const fill = (machine: MachineName, values: Values): Definition => {
  const known = substitutionsFor(machine, values);
  const text = readText(machine).replaceAll(placeholder, (_, name: string) => known[name] ?? '');
  return JSON.parse(text) as Definition;
};
