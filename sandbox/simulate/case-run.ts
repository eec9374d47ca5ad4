import type { Layout } from '../../functions/domain/fleet.ts';
import { ScenarioFaults } from '../faults/engine.ts';
import { KeptMishaps } from '../faults/injection.ts';
import type { Fault } from '../faults/kinds.ts';
import type { Mishaps, Struck } from '../faults/sites.ts';
import type { InvariantViolation } from '../invariants/invariant-checker.ts';
import { NotQuiescent } from '../kernel/driver.ts';
import { Random } from '../kernel/random.ts';
import { Simulation } from '../run/simulation.ts';
import { inProcess } from '../world/katello-transport.ts';
import { Unreliable } from '../world/lossy-network.ts';
import { drawDurations, drawFleet, drawOutdated, fleetOf } from './draw.ts';
import { drawFaults } from './draw-faults.ts';
import { drawStart, type Start } from './draw-start.ts';
import { type Profile, type ProfileName, profiles } from './profiles.ts';
import { SwarmMishaps } from './swarm.ts';
import { healedName, unfinished } from './unfinished.ts';

const startAt = new Date('2026-01-10T22:00:00Z');
const fireHours = 12;
const ageDays = 20;
const settlingSeconds = 4 * 3600;
const restDays = 14;

/** What makes a run; the same case gives the same run. */
export interface SimulatedCase {
  readonly seed: number;
  readonly profile?: ProfileName;
  /** These mishaps of calls and functions, and no others, instead of drawn ones. */
  readonly mishaps?: readonly Struck[];
  /** These faults of the world, instead of drawn ones. */
  readonly faults?: readonly Fault[];
  /** A fleet of one proxy with this layout that the schedule rebuilds, instead of a drawn one. */
  readonly layout?: Layout;
}

/** Streams of chance of their own, so that what is drawn of one kind changes nothing of another. */
const streams = {
  fleet: 0,
  start: 0x1f123bb5,
  faults: 0x632be5ab,
  mishaps: 0x2545f491,
  neighbours: 0x41c64e6d,
  past: 0x7f4a7c15,
} as const;

/** Of a Katello that has proxies of another fleet too. */
const neighboursChance = 0.2;

/** A world of a case, before anything has begun. */
export class CaseRun {
  readonly simulation: Simulation;
  readonly faults: readonly Fault[];
  readonly mishaps: Mishaps;
  /** Calls that were made before anything was healed, of a case that says what goes wrong. */
  callsUnderFire = 0;
  readonly #scenarioFaults: ScenarioFaults;
  readonly #swarm: SwarmMishaps | null;
  readonly #start: Start;

  constructor(asked: SimulatedCase) {
    const { seed, layout } = asked;
    const profile: Profile = profiles[asked.profile ?? 'mixed'];
    const of = (stream: keyof typeof streams): Random => new Random(seed ^ streams[stream]);
    const random = of('fleet');
    const fleet = layout === undefined ? drawFleet(random) : fleetOf(random, [layout]);
    this.#swarm =
      asked.mishaps === undefined && profile.calls !== null
        ? new SwarmMishaps(of('mishaps'), profile.calls)
        : null;
    this.mishaps = this.#swarm ?? new KeptMishaps(asked.mishaps ?? []);
    this.faults =
      asked.faults ?? (profile.hasFaults ? drawFaults(of('faults'), fleet, fireHours) : []);
    this.#start = layout === undefined ? drawStart(of('start'), fleet) : fromTheSchedule;
    let scenarioFaults: ScenarioFaults | undefined;
    this.simulation = new Simulation({
      fleet,
      seed,
      startAt,
      ageDays,
      durations: drawDurations(random),
      faults: (kernel) => {
        scenarioFaults = new ScenarioFaults(kernel, this.faults);
        return scenarioFaults;
      },
      katello: inProcess(),
      hasNeighbours: layout === undefined && of('neighbours').next() < neighboursChance,
      outdated: layout === undefined ? drawOutdated(of('past'), fleet) : [],
      past: () => null,
      unreliable: (kernel, stop) => new Unreliable({ kernel, stop, mishaps: this.mishaps }),
    });
    if (scenarioFaults === undefined) throw new Error('a simulation asks for its faults');
    this.#scenarioFaults = scenarioFaults;
  }

  /** Under fire, then healed and swept, then rebuilt by force: in between, everything comes to rest. */
  async run(): Promise<readonly InvariantViolation[]> {
    const { simulation } = this;
    try {
      await simulation.run(
        () => this.#begin(),
        () => this.#sweep(),
        () => this.#settle(),
        () => this.#rebuild(),
      );
      return [...simulation.checker.violations, ...unfinished(simulation)];
    } catch (error) {
      const { endedAtSeconds } = simulation;
      const invariant = error instanceof NotQuiescent ? 'comes-to-rest' : 'no-crash';
      const ended = { invariant, proxy: null, text: String(error), atSeconds: endedAtSeconds };
      return [...simulation.checker.violations, ended];
    }
  }

  #begin(): void {
    const { simulation } = this;
    simulation.isUnderFire = true;
    simulation.kernel.after(restDays * 86_400, () => {
      throw new NotQuiescent(`the world has not come to rest within ${restDays} days`);
    });
    simulation.kernel.after(fireHours * 3600, () => this.#heal());
    this.#start(simulation);
  }

  #heal(): void {
    this.#swarm?.heal();
    this.#scenarioFaults.heal();
  }

  #sweep(): void {
    if (this.mishaps instanceof KeptMishaps) this.callsUnderFire = this.mishaps.calls.length;
    this.#heal();
    this.simulation.start('rebuild-fleet', 'sweep', { reason: 'scheduled' });
  }

  /**
   * Time for the TTL of names, for Auto Scaling to find out what it has let in unfit, and for syncs that
   * Katello has begun by itself to end: a rebuild waits for them for an hour only.
   */
  #settle(): Promise<void> {
    return new Promise((resolve) => {
      this.simulation.kernel.after(settlingSeconds, resolve);
    });
  }

  #rebuild(): void {
    const { simulation } = this;
    simulation.isUnderFire = false;
    for (const { name } of simulation.world.fleet.proxies) {
      if (simulation.probe.view(name) === 'served') simulation.checker.clearDisturbed(name);
    }
    simulation.start('rebuild-fleet', healedName, { force: true });
  }
}

const fromTheSchedule: Start = (simulation) => {
  simulation.start('rebuild-fleet', 'first', { reason: 'scheduled', force: true });
};
