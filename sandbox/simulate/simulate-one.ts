import { createHash } from 'node:crypto';
import type { Layout } from '../../functions/domain/fleet.ts';
import { Random } from '../kernel/random.ts';
import type { InvariantViolation } from '../report/story.ts';
import { ScenarioFaults } from '../scenario/active-faults.ts';
import { Simulation } from '../simulation.ts';
import { inProcess } from '../world/katello-way.ts';
import { drawDurations, drawFleet, fleetOf } from './draw.ts';
import { type Mishaps, SwarmMishaps } from './mishaps.ts';
import { Unreliable } from './unreliable.ts';
import { bringWeather, type Weather } from './weather.ts';

const startAt = new Date('2026-01-10T22:00:00Z');
const fireHours = 12;
const ageDays = 20;

/** What one simulated run came to. */
export interface Simulated {
  readonly seed: number;
  readonly rebuilds: number;
  readonly mishaps: number;
  readonly violations: readonly InvariantViolation[];
  /** Of every event of the run: the same seed gives the same hash. */
  readonly traceHash: string;
  readonly lastEvents: readonly string[];
}

export interface SimulateOptions {
  readonly seed: number;
  /** Instead of a swarm. */
  readonly mishaps?: Mishaps;
  /** A fleet of one proxy with this layout, instead of a drawn one. */
  readonly layout?: Layout;
  readonly hasWeather?: boolean;
  /** Only the first rebuild; nothing is healed and rebuilt again. */
  readonly isShort?: boolean;
}

const lastEventsKept = 60;

/** Runs one drawn world under fire, then heals it and demands that everything can be rebuilt. */
export const simulateOne = async (options: SimulateOptions): Promise<Simulated> => {
  const random = new Random(options.seed);
  const swarm = new SwarmMishaps(new Random(options.seed ^ 0x2545f491));
  const mishaps = options.mishaps ?? swarm;
  const simulation = new Simulation({
    fleet: options.layout === undefined ? drawFleet(random) : fleetOf(random, [options.layout]),
    seed: options.seed,
    startAt,
    ageDays,
    durations: drawDurations(random),
    faults: (kernel) => new ScenarioFaults(kernel, []),
    katello: inProcess(),
    past: () => null,
    unreliable: (stop) => new Unreliable(mishaps, stop),
  });
  const hash = createHash('sha256');
  const lastEvents: string[] = [];
  simulation.kernel.observe(({ at, kind, proxy, text }) => {
    const line = `${(at - simulation.kernel.startedAt) / 1000} ${proxy ?? '-'} ${kind} ${text}`;
    hash.update(line);
    lastEvents.push(line);
    if (lastEvents.length > lastEventsKept) lastEvents.shift();
  });
  const violations: InvariantViolation[] = [];
  let weather: Weather | undefined;
  const heal = (): void => {
    swarm.heal();
    weather?.end();
  };
  const later = [
    () => {
      heal();
      simulation.start('rebuild-fleet', 'sweep', { reason: 'scheduled' });
    },
    () => {
      simulation.isUnderFire = false;
      for (const { name } of simulation.world.fleet.proxies) {
        if (simulation.probe.view(name) === 'served')
          simulation.watchman.onlyTheControllerActs(name);
      }
      simulation.start('rebuild-fleet', 'healed', { force: true });
    },
  ];
  try {
    await simulation.run(
      () => {
        simulation.isUnderFire = true;
        weather =
          options.hasWeather === false ? undefined : bringWeather(simulation, random, fireHours);
        simulation.kernel.after(fireHours * 3600, heal);
        simulation.start('rebuild-fleet', 'under-fire', { reason: 'scheduled', force: true });
      },
      ...(options.isShort === true ? [] : later),
    );
    if (options.isShort !== true) violations.push(...lastly(simulation));
  } catch (error) {
    violations.push({ invariant: 'no-crash', atSeconds: 0, proxy: null, text: String(error) });
  }
  return {
    seed: options.seed,
    rebuilds: simulation.executions.all().filter(({ machine }) => machine === 'rebuild-proxy')
      .length,
    mishaps: swarm.struck,
    violations: [...simulation.watchman.violations, ...violations],
    traceHash: hash.digest('hex').slice(0, 16),
    lastEvents,
  };
};

/** Liveness: once nothing goes wrong any more, every proxy can be rebuilt and is complete. */
const lastly = (simulation: Simulation): readonly InvariantViolation[] => {
  const atSeconds = simulation.endedAtSeconds;
  const healed = simulation.executions.all().find(({ name }) => name === 'healed');
  const unfinished =
    healed?.status === 'SUCCEEDED'
      ? []
      : [
          `the fleet's rebuild ended ${healed?.status}: ${healed?.error?.name} ${healed?.error?.cause}`,
        ];
  return [
    ...unfinished.map((text) => ({ invariant: 'converges', atSeconds, proxy: null, text })),
    ...simulation.world.fleet.proxies
      .filter(({ name }) => simulation.probe.view(name) !== 'served')
      .map(({ name }) => ({
        invariant: 'converges',
        atSeconds,
        proxy: name,
        text: `clients meet it ${simulation.probe.view(name)}`,
      })),
  ];
};
