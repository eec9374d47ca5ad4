import { sweepSchedule } from '../../deployment/schedules.ts';
import type { Fleet, Layout } from '../../functions/domain/fleet.ts';
import { type Fault, isScheduled } from '../faults/fault.ts';
import type { InvariantViolation } from '../invariants/invariant-checker.ts';
import { NotQuiescent } from '../kernel/driver.ts';
import { Random } from '../kernel/random.ts';
import { startByHand } from '../run/deployed-schedules.ts';
import { Simulation, type SimulationOptions } from '../run/simulation.ts';
import { inProcess } from '../world/katello-transport.ts';
import type { WorldOptions } from '../world/world.ts';
import { drawDurations, drawFleet, drawOutdated, drawPolicies, fleetOf } from './draw.ts';
import { drawFaults } from './draw-faults.ts';
import { drawStart, type Start } from './draw-start.ts';
import { drawCalendar, drawIncumbents, drawStartAt } from './draw-time.ts';
import { type Profile, type ProfileName, profiles } from './profiles.ts';
import { drawSwarm } from './swarm.ts';
import { finalNameOf, hasMetHeal, unfinished } from './unfinished.ts';

const fireHours = 12;
/** Longer than Lambda keeps the network of a function that nobody calls. */
const idleDays = 20;
const settlingSeconds = 4 * 3600;
const restDays = 14;

/** What makes a run; the same case gives the same run. */
export interface SimulatedCase {
  readonly seed: number;
  readonly profile?: ProfileName;
  /** These faults and no others, instead of drawn ones. */
  readonly faults?: readonly Fault[];
  /** A fleet of one proxy with this layout that the schedule rebuilds, instead of a drawn one. */
  readonly layout?: Layout;
}

/** Streams of chance of their own, so that what is drawn of one kind changes nothing of another. */
const streams = {
  fleet: 0,
  start: 0x1f123bb5,
  scheduled: 0x632be5ab,
  injected: 0x2545f491,
  neighbours: 0x41c64e6d,
  past: 0x7f4a7c15,
  known: 0x1b873593,
  calendar: 0x38495ab5,
  ages: 0x52dce729,
  policies: 0x3c6ef372,
} as const;

/** Of a Katello that has proxies of another fleet too. */
const neighboursChance = 0.2;

/** Of a proxy that an earlier rebuild has verified; any other was adopted, and nothing is known of it. */
const knownChance = 0.5;

const drawKnown =
  (random: Random): WorldOptions['past'] =>
  () =>
    random.next() < knownChance ? { durationsSeconds: {} } : null;

const withCalendar = (fleet: Fleet, random: Random): Fleet => ({
  ...fleet,
  cycle: { ...fleet.cycle, ...drawCalendar(random) },
});

type Beginning = Pick<SimulationOptions, 'startAt' | 'incumbent'>;

/** Of a case with a given layout, of which only the faults differ. */
const fixedBeginning: Beginning = {
  startAt: new Date('2026-01-10T22:00:00Z'),
  incumbent: () => ({ ageDays: 20, verifiedDaysAgo: 20 }),
};

const drawBeginning = ({ cycle, proxies }: Fleet, random: Random): Beginning => ({
  startAt: drawStartAt(random, cycle.timeZone),
  incumbent: drawIncumbents(
    random,
    proxies.map(({ name }) => name),
  ),
});

/** A world of a case, before anything has begun. */
export class CaseRun {
  readonly simulation: Simulation;
  readonly #scheduled: readonly Fault[];
  readonly #start: Start;

  constructor({ seed, layout, profile: name = 'mixed', faults: given }: SimulatedCase) {
    const profile: Profile = profiles[name];
    const of = (stream: keyof typeof streams): Random => new Random(seed ^ streams[stream]);
    const random = of('fleet');
    const fleet =
      layout === undefined
        ? withCalendar(drawFleet(random), of('calendar'))
        : fleetOf(random, [layout]);
    const { startAt, incumbent } =
      layout === undefined ? drawBeginning(fleet, of('ages')) : fixedBeginning;
    const faults =
      given ?? (profile.hasScheduled ? drawFaults(of('scheduled'), fleet, fireHours) : []);
    const isSwarming = given === undefined && profile.injected !== null;
    this.#scheduled = faults.filter(isScheduled);
    this.#start = layout === undefined ? drawStart(of('start'), fleet) : fromTheSchedule;
    this.simulation = new Simulation({
      fleet,
      seed,
      startAt,
      incumbent,
      idleDays,
      durations: drawDurations(random),
      downloadPolicy:
        layout === undefined ? drawPolicies(of('policies'), fleet) : () => 'on_demand',
      faults,
      swarm: isSwarming ? drawSwarm(of('injected'), profile.injected) : null,
      katello: inProcess(),
      hasNeighbours: layout === undefined && of('neighbours').next() < neighboursChance,
      outdated: layout === undefined ? drawOutdated(of('past'), fleet) : [],
      past: layout === undefined ? drawKnown(of('known')) : () => null,
    });
  }

  /** What goes wrong, as it would have to be given to go wrong again: of injected faults those that struck. */
  get faults(): readonly Fault[] {
    return [...this.#scheduled, ...this.simulation.faults.injection.injected];
  }

  /**
   * With faults, then healed and swept, then a forced rebuild, again when it has met a heal; each part waits until
   * everything is quiescent.
   */
  async run(): Promise<readonly InvariantViolation[]> {
    const { simulation } = this;
    const { checker } = simulation;
    try {
      await simulation.run(
        () => this.#begin(),
        () => this.#sweep(),
        () => this.#settle(),
        () => this.#rebuild(1),
        ...simulation.world.fleet.proxies.map(
          (_, index) => () => this.#rebuildAfterHeal(index + 2),
        ),
      );
      return [...checker.violations, ...unfinished(simulation)];
    } catch (error) {
      const { endedAtSeconds } = simulation;
      const invariant = error instanceof NotQuiescent ? 'reaches-quiescence' : 'no-crash';
      const ended = { invariant, proxy: null, text: String(error), atSeconds: endedAtSeconds };
      return [...checker.violations, ended];
    }
  }

  #begin(): void {
    const { simulation } = this;
    simulation.isUnderFire = true;
    simulation.kernel.after(restDays * 86_400, () => {
      throw new NotQuiescent(`the run did not become quiescent within ${restDays} days`);
    });
    simulation.kernel.after(fireHours * 3600, () => simulation.faults.heal());
    this.#start(simulation);
  }

  #sweep(): void {
    this.simulation.faults.heal();
    startByHand(this.simulation.executions, sweepSchedule(this.simulation.world.fleet), 'sweep');
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

  /** Each proxy may be healed once more: only its last instance, which is new, is left then. */
  #rebuildAfterHeal(attempt: number): void {
    if (hasMetHeal(this.simulation)) this.#rebuild(attempt);
  }

  #rebuild(attempt: number): void {
    const { simulation } = this;
    simulation.isUnderFire = false;
    for (const { name } of simulation.world.fleet.proxies) {
      if (simulation.probe.view(name) === 'served') simulation.checker.clearDisturbed(name);
    }
    simulation.start('rebuild-fleet', finalNameOf(attempt), { force: true });
  }
}

const fromTheSchedule: Start = (simulation) => {
  simulation.start('rebuild-fleet', 'first', { reason: 'scheduled', force: true });
};
