import { median } from '../../functions/domain/pacing.ts';
import { runScenario } from '../run/run-scenario.ts';
import type { Simulation } from '../run/simulation.ts';
import { readRunInput } from '../scenario/run-input.ts';
import { proxyOf } from '../world/watch.ts';
import { fleetOfSize } from './fleet-of-size.ts';
import { type Decision, GateWatch, isInTime } from './gates.ts';

/** What rebuilds cost in state transitions, and how much waiting for decisions adds to them. */
export interface Figures {
  readonly rebuilds: number;
  /** Calls of AWS by service, of the rebuild that makes most. */
  readonly calls: Calls;
  /** Mean time of a rebuild as a multiple of what it takes when no decision comes late. */
  readonly wholeMean: number;
  /** Of the most expensive rebuild. */
  readonly transitionsMax: number;
  readonly lateSecondsMedian: number;
  readonly lateSecondsMax: number;
  /** Decisions that came later than a minute and later than 3 % of their phase. */
  readonly tooLate: readonly Decision[];
  /** All waiting for decisions of a rebuild as a share of its whole time; the worst rebuild. */
  readonly addedShareMax: number;
}

/** How many calls go to each service. */
type Calls = ReadonlyMap<string, number>;

export const sum = (numbers: Iterable<number>): number =>
  [...numbers].reduce((total, number) => total + number, 0);

interface Rebuild {
  readonly calls: Calls;
  readonly transitions: number;
  readonly seconds: number;
  readonly decisions: readonly Decision[];
}

/** Counts what the rebuild of each proxy costs while a simulation runs. */
const observe = (simulation: Simulation) => {
  const watch = new GateWatch();
  const transitions = new Map<string, number>();
  const calls = new Map<string, Map<string, number>>();
  simulation.onCall((service, execution) => {
    const of = calls.get(execution) ?? new Map<string, number>();
    calls.set(execution, of.set(service, (of.get(service) ?? 0) + 1));
  });
  const callsOf = (proxy: string): Calls => {
    const own = [...calls].find(([execution]) => execution.endsWith(`-${proxy}`));
    return own?.[1] ?? new Map();
  };
  simulation.kernel.observe((event) => watch.event(event));
  simulation.watch.onState((execution, state) => {
    const proxy = proxyOf(execution);
    if (proxy === null || !execution.name.endsWith(`-${proxy}`)) return;
    transitions.set(proxy, (transitions.get(proxy) ?? 0) + 1);
    watch.state(proxy, state, simulation.kernel.now());
  });
  return { watch, transitions, callsOf };
};

const measureRun = async (
  seed: number,
  { syncHours, hasPast, fleetSize }: Setting,
): Promise<readonly Rebuild[]> => {
  const { scenario, fleet } = readRunInput({ seed });
  const proxies = fleet.proxies.map(({ name }) => name);
  const of = (proxy: string) => ({
    ...scenario.durations.of(proxy),
    syncSeconds: syncHours * 3600,
  });
  const input = {
    fleet: fleetOfSize(fleet, fleetSize ?? proxies.length),
    scenario: {
      ...scenario,
      start: { ...scenario.start, proxies },
      durations: { ...scenario.durations, of },
    },
  };
  let observed: ReturnType<typeof observe> | undefined;
  const { result } = await runScenario(input, {
    transport: 'in-process',
    hasPast,
    prepare: (simulation) => {
      observed = observe(simulation);
    },
  });
  const rebuilt = result.proxies.filter(({ name }) => proxies.includes(name));
  return rebuilt.map(({ name, phases }) => ({
    calls: observed?.callsOf(name) ?? new Map(),
    transitions: observed?.transitions.get(name) ?? 0,
    seconds: (phases.at(-1)?.endSeconds ?? 0) - (phases[0]?.startSeconds ?? 0),
    decisions: (observed?.watch.decisions ?? []).filter(({ proxy }) => proxy === name),
  }));
};

export interface Setting {
  readonly syncHours: number;
  readonly hasPast: boolean;
  /** The fleet is as large as this; only its first proxies are rebuilt. */
  readonly fleetSize?: number;
}

const lateOf = ({ decisions }: Rebuild): number =>
  sum(decisions.map(({ lateSeconds }) => lateSeconds));

const mostCalls = (rebuilds: readonly Rebuild[]): Calls =>
  rebuilds
    .map(({ calls }) => calls)
    .reduce((most, calls) => (sum(calls.values()) > sum(most.values()) ? calls : most));

/** Rebuilds the proxies of the example fleet once per seed. */
export const measure = async (seeds: number, setting: Setting): Promise<Figures> => {
  const rebuilds: Rebuild[] = [];
  for (let seed = 1; seed <= seeds; seed++) rebuilds.push(...(await measureRun(seed, setting)));
  const decisions = rebuilds.flatMap((rebuild) => rebuild.decisions);
  const late = decisions.map(({ lateSeconds }) => lateSeconds);
  return {
    rebuilds: rebuilds.length,
    calls: mostCalls(rebuilds),
    wholeMean:
      sum(rebuilds.map((rebuild) => rebuild.seconds / (rebuild.seconds - lateOf(rebuild)))) /
      rebuilds.length,
    transitionsMax: Math.max(...rebuilds.map(({ transitions }) => transitions)),
    lateSecondsMedian: median(late) ?? 0,
    lateSecondsMax: Math.max(...late),
    tooLate: decisions.filter((decision) => !isInTime(decision)),
    addedShareMax: Math.max(...rebuilds.map((rebuild) => lateOf(rebuild) / rebuild.seconds)),
  };
};
