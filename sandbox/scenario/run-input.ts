import { type Reading, readFleetFile, readYaml } from '../../config/fleet-file.ts';
import { BadInput, type Path } from '../../config/problems.ts';
import type { Fleet } from '../../functions/domain/fleet.ts';
import { type Scenario, type ScenarioFile, scenarioSchema } from './scenario.ts';
import { defaultScenario, fleetPath, scenarioOf } from './scenario-file.ts';

/** What the command line says over what the scenario says. */
export interface Overrides {
  readonly scenario?: string | undefined;
  readonly fleet?: string | undefined;
  readonly seed?: number | undefined;
  readonly proxies?: readonly string[] | undefined;
  readonly imageId?: string | undefined;
  readonly dryRun?: boolean | undefined;
}

/** Everything that a run of the sandbox is made from. */
export interface RunInput {
  readonly scenario: Scenario;
  readonly fleet: Fleet;
}

const unknownProxies = (reading: Reading<ScenarioFile>, names: readonly string[]): string[] => {
  const { start, instances, durations, downloadPolicies, faults } = reading.value;
  const uses: { readonly name: string | undefined; readonly path: Path }[] = [
    ...start.proxies.map((name, index) => ({ name, path: ['start', 'proxies', index] })),
    ...start.unlaunched.map((name, index) => ({ name, path: ['start', 'unlaunched', index] })),
    ...Object.keys(instances.proxies).map((name) => ({
      name,
      path: ['instances', 'proxies', name],
    })),
    ...Object.keys(durations.proxies).map((name) => ({
      name,
      path: ['durations', 'proxies', name],
    })),
    ...Object.keys(downloadPolicies).map((name) => ({ name, path: ['downloadPolicies', name] })),
    ...faults.map(({ proxy }, index) => ({ name: proxy, path: ['faults', index, 'proxy'] })),
  ];
  return uses
    .filter(({ name }) => name !== undefined && !names.includes(name))
    .map(({ path }) =>
      reading.line({
        path,
        text: `must be a proxy of the fleet file, one of: ${names.join(', ')}`,
      }),
    );
};

const unknownAsked = (asked: readonly string[], names: readonly string[]): string[] =>
  asked
    .filter((name) => !names.includes(name))
    .map((name) => `--proxies: ${name} is not in the fleet file; known: ${names.join(', ')}`);

/** The value, or the problems for which there is none. */
const attempt = <T>(read: () => T, problems: string[]): T | null => {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    problems.push(...error.problems);
    return null;
  }
};

/** Reads scenario and fleet as the command line wants them; throws `BadInput` with what is wrong with both. */
export const readRunInput = (overrides: Overrides): RunInput => {
  const problems: string[] = [];
  const path = overrides.scenario ?? defaultScenario;
  const reading = attempt(() => readYaml(path, scenarioSchema), problems);
  const told = overrides.fleet ?? fleetPath(path, reading?.value.fleet);
  const fleet = attempt(() => readFleetFile(told), problems);
  const names = fleet?.proxies.map(({ name }) => name) ?? [];
  if (fleet !== null) {
    problems.push(...(reading === null ? [] : unknownProxies(reading, names)));
    problems.push(...unknownAsked(overrides.proxies ?? [], names));
  }
  if (reading === null || fleet === null || problems.length > 0) throw new BadInput(problems);
  const scenario = scenarioOf(path, reading);
  return {
    fleet,
    scenario: {
      ...scenario,
      fleet: told,
      seed: overrides.seed ?? scenario.seed,
      start: {
        ...scenario.start,
        proxies: overrides.proxies ?? scenario.start.proxies,
        imageId: overrides.imageId ?? scenario.start.imageId,
        dryRun: overrides.dryRun || scenario.start.dryRun,
      },
    },
  };
};
