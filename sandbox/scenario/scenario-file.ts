import { basename, dirname, extname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Reading, readYaml } from '../../config/fleet-file.ts';
import { incumbentsOf } from './instances.ts';
import {
  durationsOf,
  faultsOf,
  type Scenario,
  type ScenarioFile,
  scenarioSchema,
} from './scenario.ts';

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));

const defaultFleet = join(examples, 'fleet.yaml');
export const defaultScenario = join(examples, 'scenarios', 'normal-cycle.yaml');

/** The comment that a file begins with, but for the line that editors read; a paragraph a line. */
const descriptionIn = (text: string): string => {
  const lines = text.split(/\r?\n/).filter((line) => !/^#\s*yaml-language-server:/.test(line));
  const fromFirst = lines.slice(lines.findIndex((line) => line.trim() !== ''));
  const end = fromFirst.findIndex((line) => !line.startsWith('#'));
  return fromFirst
    .slice(0, end === -1 ? undefined : end)
    .map((line) => line.slice(1).trim())
    .join(' ')
    .replace(/ {2,}/g, '\n')
    .trim();
};

/** The fleet file of a scenario; a relative path starts from the scenario's folder. */
export const fleetPath = (scenarioPath: string, fleet: string | undefined): string => {
  if (fleet === undefined) return defaultFleet;
  return isAbsolute(fleet) ? fleet : join(dirname(scenarioPath), fleet);
};

export const scenarioOf = (path: string, { value, text }: Reading<ScenarioFile>): Scenario => ({
  name: basename(path, extname(path)),
  description: descriptionIn(text),
  fleet: fleetPath(path, value.fleet),
  seed: value.seed,
  start: {
    ...value.start,
    at: new Date(value.start.at),
    imageId: value.start.imageId ?? null,
  },
  incumbent: incumbentsOf(value.instances),
  site: value.site,
  durations: durationsOf(value),
  downloadPolicy: (proxy) => value.downloadPolicies[proxy] ?? 'on_demand',
  faults: faultsOf(value),
});

/** Reads a scenario, or throws `BadInput` with all that is wrong with it. */
export const readScenario = (path: string): Scenario =>
  scenarioOf(path, readYaml(path, scenarioSchema));
