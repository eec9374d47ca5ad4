import { type Fleet, fleetSchema, type Layout } from '../../functions/domain/fleet.ts';
import { proxyPolicies } from '../katello/repositories.ts';
import type { Random } from '../kernel/random.ts';
import type { WorldDurations, WorldOptions } from '../world/world.ts';

/** One of the elements, each as likely. */
export const pick = <Element>(random: Random, elements: readonly Element[]): Element =>
  elements[Math.floor(random.next() * elements.length)] ?? (elements[0] as Element);

const runningJobs = (name: string) => ({
  features: ['pulpcore', 'registration', 'templates', 'logs', 'script'],
  remoteExecutionKey: `/simulated/${name}/remote-execution-key`,
});

const proxyOf = (index: number, layout: Layout) => {
  const name = `p${index + 1}`;
  const controlName = layout === 'two-names' ? { controlName: `${name}-control.example.com` } : {};
  return {
    name,
    serviceName: `${name}.example.com`,
    ...controlName,
    certs: { key: `${name}/certs.tar` },
    ...(index < 4 ? runningJobs(name) : {}),
  };
};

/** A fleet of one to eight proxies in both layouts, mostly small. */
export const drawFleet = (random: Random): Fleet => {
  const count = pick(random, [1, 1, 1, 2, 2, 3, 4, 8]);
  const layouts = Array.from(
    { length: count },
    (): Layout => (random.next() < 0.6 ? 'two-names' : 'one-name'),
  );
  return fleetOf(random, layouts);
};

/** A fleet with one proxy of each of these layouts. */
export const fleetOf = (random: Random, layouts: readonly Layout[]): Fleet => {
  const drawn = layouts.map((layout, index) => proxyOf(index, layout));
  return fleetSchema.parse({
    fleet: 'simulated',
    katello: {
      url: 'https://katello.example.com',
      ca: '/simulated/ca',
      credentials: { login: '/simulated/login', token: '/simulated/token' },
      organization: 'Simulated',
    },
    cycle: {
      concurrency: pick(random, [1, 2, 4]),
      soakMinutes: pick(random, [0, 5, 15]),
      attemptsPerDay: 20,
      ...(random.next() < 0.5 ? { canary: 'p1' } : {}),
    },
    jobs: {
      drainMinutes: pick(random, [0, 20, 60]),
      afterwards: pick(random, ['continue', 'continue', 'stop']),
    },
    image: { base: { id: 'ami-0ba5e00000000000' }, foremanVersion: '3.19', katelloVersion: '4.21' },
    slack: { webhook: '/simulated/slack' },
    network: {
      vpcId: 'vpc-0123456789abcdef0',
      subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
      availabilityZones: ['a', 'b'],
      clientCidrs: ['10.0.0.0/8'],
      katelloCidrs: ['10.0.0.0/8'],
      hostedZone: { id: 'Z0123456789ABCDEFGHIJ', name: 'example.com' },
    },
    proxies: drawn,
  });
};

/** Of a proxy that earlier rebuilds have passed by. */
const outdatedChance = 0.15;

export const drawOutdated = (random: Random, { proxies }: Fleet): readonly string[] =>
  proxies.map(({ name }) => name).filter(() => random.next() < outdatedChance);

/** Katello's default is no more likely than the one with which most can go wrong. */
const likelyPolicies = ['immediate', ...proxyPolicies] as const;

/** Of each proxy's record in Katello. */
export const drawPolicies = (
  random: Random,
  { proxies }: Fleet,
): NonNullable<WorldOptions['downloadPolicy']> => {
  const drawn = new Map(proxies.map(({ name }) => [name, pick(random, likelyPolicies)]));
  return (proxy) => drawn.get(proxy) ?? 'on_demand';
};

export const drawDurations = (random: Random): WorldDurations => {
  const of = {
    bootSeconds: random.betweenByRatio(20, 400),
    installSeconds: random.betweenByRatio(120, 1800),
    syncSeconds: random.betweenByRatio(120, 9000),
  };
  return {
    bakeSeconds: random.between(600, 2400),
    drainSeconds: random.between(30, 300),
    registerSeconds: random.between(60, 300),
    of: () => of,
  };
};
