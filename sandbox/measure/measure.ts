import { median } from '../../functions/domain/pacing.ts';
import { runScenario } from '../run/run-scenario.ts';
import type { Simulation } from '../run/simulation.ts';
import { readRunInput } from '../scenario/run-input.ts';
import { proxyOf } from '../world/watch.ts';
import { type Decision, GateWatch, isInTime } from './gates.ts';

/** What rebuilds cost in state transitions, and how much waiting for decisions adds to them. */
export interface Figures {
  readonly rebuilds: number;
  /** Of the most expensive rebuild. */
  readonly transitionsMax: number;
  readonly lateSecondsMedian: number;
  readonly lateSecondsMax: number;
  /** Decisions that came later than a minute and later than 3 % of their phase. */
  readonly tooLate: readonly Decision[];
  /** All waiting for decisions of a rebuild as a share of its whole time; the worst rebuild. */
  readonly addedShareMax: number;
}

interface Rebuild {
  readonly transitions: number;
  readonly seconds: number;
  readonly decisions: readonly Decision[];
}

/** Counts what the rebuild of each proxy costs while a simulation runs. */
const observe = (simulation: Simulation) => {
  const watch = new GateWatch();
  const transitions = new Map<string, number>();
  simulation.kernel.observe((event) => watch.event(event));
  simulation.watch.onState((execution, state) => {
    const proxy = proxyOf(execution);
    if (proxy === null || !execution.name.endsWith(`-${proxy}`)) return;
    transitions.set(proxy, (transitions.get(proxy) ?? 0) + 1);
    watch.state(proxy, state, simulation.kernel.now());
  });
  return { watch, transitions };
};

const measureRun = async (
  seed: number,
  syncHours: number,
  hasPast: boolean,
): Promise<readonly Rebuild[]> => {
  const { scenario, fleet } = readRunInput({ seed });
  const of = (proxy: string) => ({
    ...scenario.durations.of(proxy),
    syncSeconds: syncHours * 3600,
  });
  const input = { fleet, scenario: { ...scenario, durations: { ...scenario.durations, of } } };
  let observed: ReturnType<typeof observe> | undefined;
  const { result } = await runScenario(input, {
    transport: 'in-process',
    hasPast,
    prepare: (simulation) => {
      observed = observe(simulation);
    },
  });
  return result.proxies.map(({ name, phases }) => ({
    transitions: observed?.transitions.get(name) ?? 0,
    seconds: (phases.at(-1)?.endSeconds ?? 0) - (phases[0]?.startSeconds ?? 0),
    decisions: (observed?.watch.decisions ?? []).filter(({ proxy }) => proxy === name),
  }));
};

const sum = (decisions: readonly Decision[]): number =>
  decisions.reduce((total, { lateSeconds }) => total + lateSeconds, 0);

/** Rebuilds the example fleet once per seed with syncs of that length. */
export const measure = async (
  seeds: number,
  syncHours: number,
  hasPast: boolean,
): Promise<Figures> => {
  const rebuilds: Rebuild[] = [];
  for (let seed = 1; seed <= seeds; seed++)
    rebuilds.push(...(await measureRun(seed, syncHours, hasPast)));
  const decisions = rebuilds.flatMap((rebuild) => rebuild.decisions);
  const late = decisions.map(({ lateSeconds }) => lateSeconds);
  return {
    rebuilds: rebuilds.length,
    transitionsMax: Math.max(...rebuilds.map(({ transitions }) => transitions)),
    lateSecondsMedian: median(late) ?? 0,
    lateSecondsMax: Math.max(...late),
    tooLate: decisions.filter((decision) => !isInTime(decision)),
    addedShareMax: Math.max(...rebuilds.map((rebuild) => sum(rebuild.decisions) / rebuild.seconds)),
  };
};
