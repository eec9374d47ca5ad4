import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Fleet } from '../../../functions/domain/fleet.ts';
import type { ScheduledFault } from '../../../sandbox/faults/fault.ts';
import {
  type RunOptions,
  runScenario,
  type ScenarioRun,
} from '../../../sandbox/run/run-scenario.ts';
import type { ProxyResult } from '../../../sandbox/run/story.ts';
import { readRunInput } from '../../../sandbox/scenario/run-input.ts';

const folder = fileURLToPath(new URL('../../../examples/scenarios/', import.meta.url));

export const exampleNames: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replace('.yaml', ''));

/** Runs an example of the repository, without sockets unless the test wants them. */
export const runExample = (
  name: string,
  {
    content,
    ...options
  }: Partial<RunOptions> & { readonly content?: Partial<Fleet['content']> } = {},
): Promise<ScenarioRun> => {
  const { scenario, fleet } = readRunInput({ scenario: `${folder}${name}.yaml` });
  const input = { scenario, fleet: { ...fleet, content: { ...fleet.content, ...content } } };
  return runScenario(input, { transport: 'in-process', ...options });
};

interface FaultOptions extends Partial<RunOptions> {
  readonly proxies?: readonly string[];
  readonly reason?: 'scheduled' | 'manual' | 'heal';
  /** Of a complete sync. */
  readonly syncSeconds?: number;
}

/** The normal cycle with other faults, for proxies of one's choice. */
export const runFaults = (
  faults: readonly ScheduledFault[],
  { proxies = [], reason = 'scheduled', syncSeconds, ...options }: FaultOptions = {},
): Promise<ScenarioRun> => {
  const { scenario, fleet } = readRunInput({ proxies });
  const start = { ...scenario.start, reason };
  const { of } = scenario.durations;
  const durations = {
    ...scenario.durations,
    of: (proxy: string) => ({ ...of(proxy), ...(syncSeconds && { syncSeconds }) }),
  };
  return runScenario(
    { fleet, scenario: { ...scenario, faults, start, durations } },
    { transport: 'in-process', ...options },
  );
};

export const proxyOf = ({ result }: ScenarioRun, name: string): ProxyResult => {
  const found = result.proxies.find((proxy) => proxy.name === name);
  if (found === undefined) throw new Error(`no proxy ${name}`);
  return found;
};

/** The closing messages of a proxy, which start with its name; what follows about a refill is none. */
export const closings = ({ result }: ScenarioRun, proxy: string): readonly string[] =>
  result.slack
    .map(({ text }) => text)
    .filter((text) => text.startsWith(`${proxy}: `) && !/^\S+: (not )?filled again/.test(text));
