import type { Random } from '../kernel/random.ts';
import type { Simulation } from '../simulation.ts';

/** Things that people, AWS and Katello do by themselves while rebuilds run. */
const kinds = {
  'instance-dies': (simulation: Simulation, random: Random) => {
    const alive = simulation.world.machines.all().filter((machine) => machine.alive);
    const victim = alive[Math.floor(random.next() * alive.length)];
    if (victim !== undefined) simulation.killMachine(victim.id);
  },
  rebalance: (simulation: Simulation, random: Random) => {
    const groups = [...simulation.world.aws.groups.values()];
    const group = groups[Math.floor(random.next() * groups.length)];
    if (group === undefined || group.suspended.has('AZRebalance')) return;
    simulation.watchman.somethingElseActs(group.settings.proxy);
    group.rebalance();
  },
  'executor-restarts': (simulation: Simulation, random: Random) =>
    simulation.world.katello.restartExecutor(random.between(30, 600)),
  'automatic-sync': (simulation: Simulation, random: Random) => {
    const { capsules } = simulation.world.katello;
    const capsule = capsules[Math.floor(random.next() * capsules.length)];
    if (capsule !== undefined) simulation.world.katello.startAutomaticSync(capsule.description.id);
  },
  'execution-stopped': (simulation: Simulation, random: Random) => {
    const running = simulation.executions.all().filter(({ status }) => status === 'RUNNING');
    running[Math.floor(random.next() * running.length)]?.stop();
  },
  'second-start': (simulation: Simulation) => {
    simulation.start(
      'rebuild-fleet',
      `again-${Math.round(simulation.kernel.secondsSinceStart())}`,
      {},
    );
  },
  deploy: (simulation: Simulation, random: Random) => {
    const groups = [...simulation.world.aws.groups.values()];
    const group = groups[Math.floor(random.next() * groups.length)];
    // CloudFormation writes the version that it owns; it does not know of candidates.
    if (group !== undefined) group.templateVersion = '1';
  },
} as const;

export type WeatherKind = keyof typeof kinds;
const names = Object.keys(kinds) as WeatherKind[];

export interface Weather {
  readonly happened: readonly WeatherKind[];
  readonly end: () => void;
}

/** Lets a seeded selection of such things happen at seeded instants. */
export const bringWeather = (simulation: Simulation, random: Random, hours: number): Weather => {
  const active = names.filter(() => random.next() < 0.3);
  const happened: WeatherKind[] = [];
  let isOver = false;
  for (const name of active) {
    for (let count = Math.ceil(random.next() * 3); count > 0; count--) {
      happened.push(name);
      simulation.kernel.after(random.between(60, hours * 3600), () => {
        if (isOver) return;
        simulation.kernel.emit('fault', undefined, name);
        kinds[name](simulation, random);
      });
    }
  }
  return {
    happened,
    end: () => {
      isOver = true;
    },
  };
};
