import type { Fleet } from '../../functions/domain/fleet.ts';
import { askedActions } from '../aws/iam/command-meanings.ts';
import type { ScheduledFault } from '../faults/fault.ts';
import { type FaultStart, faultPhases } from '../faults/fault.ts';
import { fleetWide, isEvent, type ScheduledFaultName } from '../faults/kinds.ts';
import { awsServices, pathNames, tokenPlaces } from '../faults/sites.ts';
import type { Random } from '../kernel/random.ts';
import { pick } from './draw.ts';

/** How a kind of fault is drawn. */
interface Habit {
  /** Of being on in a run. */
  readonly chance: number;
  /** How long it is in force; without it, until it has struck a drawn number of times. */
  readonly minutes?: readonly [shortest: number, longest: number];
}

const seldom: Habit = { chance: 0.06 };
const sometimes: Habit = { chance: 0.12 };
const outage = (longest: number): Habit => ({
  chance: 0.06,
  minutes: [1, longest],
});

const habits: Readonly<Record<ScheduledFaultName, Habit>> = {
  'instance-dies': { chance: 0.25 },
  'health-replacement': sometimes,
  'launch-fails': sometimes,
  'zone-without-capacity': sometimes,
  'launch-cancelled': seldom,
  'boot-hangs': seldom,
  'slow-boot': sometimes,
  'install-fails': seldom,
  'never-healthy': seldom,
  'hook-times-out': seldom,
  rebalance: sometimes,
  'processes-suspended': { chance: 0.06, minutes: [5, 180] },
  'sync-fails': sometimes,
  'sync-warns': sometimes,
  'sync-pauses': sometimes,
  'sync-hangs': seldom,
  'sync-incomplete': seldom,
  'repository-empty': seldom,
  'files-missing': { chance: 0.2 },
  'sync-cancelled': sometimes,
  'disk-full': seldom,
  'automatic-sync': { chance: 0.2 },
  'content-published': sometimes,
  'executor-restarts': { chance: 0.15, minutes: [1, 20] },
  'capsule-removed': { chance: 0.04, minutes: [5, 240] },
  'jobs-running': { chance: 0.5, minutes: [2, 400] },
  'katello-down': outage(150),
  'katello-rejects-credentials': outage(60),
  'katello-certificate-untrusted': outage(60),
  'proxy-certificate-untrusted': outage(60),
  'katello-name-differs': outage(60),
  'location-removed': outage(60),
  'token-rotated': { chance: 0.08, minutes: [1, 40] },
  'permission-lost': outage(120),
  'bake-fails': { chance: 0.03 },
  'slack-down': outage(60),
  'dns-cached': { chance: 0.1, minutes: [10, 240] },
  'katello-resolver-pinned': { chance: 0.2, minutes: [600, 2000] },
  'katello-resolver-cached': { chance: 0.06, minutes: [30, 900] },
  'katello-resolver-split': { chance: 0.04, minutes: [10, 600] },
  'gateway-push-lost': { chance: 0.12, minutes: [30, 900] },
  'report-fails': sometimes,
  'clock-steps': outage(240),
  'event-lost': seldom,
  'event-late': sometimes,
  'event-twice': sometimes,
  'permission-denied': outage(100),
  'api-throttled': outage(20),
  'api-fails': outage(10),
  'api-slow': { chance: 0.15 },
  deployment: { chance: 0.2 },
  'execution-stopped': { chance: 0.25 },
  'started-again': { chance: 0.25 },
  'execution-redriven': sometimes,
  'path-closed': { chance: 0.12, minutes: [2, 240] },
  'certificates-expire-soon': { chance: 0.1, minutes: [60, 700] },
  'certificate-lacks-name': outage(300),
  'certificates-expired': outage(300),
};
/** Whatever a role is allowed; more often one action than all of a service. */
const deniable = [...askedActions, ...awsServices.map((service) => `${service}:*`)];

const names = Object.keys(habits) as ScheduledFaultName[];

const drawStart = (random: Random, hours: number): FaultStart => {
  if (random.next() < 0.4) return { seconds: Math.round(random.between(60, hours * 3600)) };
  const afterSeconds = random.next() < 0.3 ? 0 : Math.round(random.between(0, 3600));
  return { phase: pick(random, faultPhases), afterSeconds };
};

const drawFault = (
  random: Random,
  fault: ScheduledFaultName,
  fleet: Fleet,
  hours: number,
): ScheduledFault => {
  const { minutes } = habits[fault];
  const hasTarget = fault === 'instance-dies' || fault === 'health-replacement';
  return {
    fault,
    at: drawStart(random, hours),
    ...(fleetWide.includes(fault) ? {} : { proxy: pick(random, fleet.proxies).name }),
    ...(minutes === undefined
      ? { times: Math.ceil(random.next() * 2) }
      : { forSeconds: Math.round(random.between(...minutes) * 60) }),
    ...(isEvent(fault) ? { times: 1 } : {}),
    ...(fault.startsWith('api-') ? { service: pick(random, awsServices) } : {}),
    ...(fault === 'path-closed' ? { path: pick(random, pathNames) } : {}),
    ...(fault === 'permission-denied' ? { action: pick(random, deniable) } : {}),
    ...(fault === 'token-rotated' ? { first: pick(random, tokenPlaces) } : {}),
    ...(hasTarget ? { target: pick(random, ['incumbent', 'replacement'] as const) } : {}),
  };
};

/** What goes wrong around the controller in the first hours of a run: most kinds never, a few up to three times. */
export const drawFaults = (
  random: Random,
  fleet: Fleet,
  hours: number,
): readonly ScheduledFault[] =>
  names
    .filter((name) => random.next() < habits[name].chance)
    .flatMap((name) =>
      Array.from({ length: Math.ceil(random.next() * 3) }, () =>
        drawFault(random, name, fleet, hours),
      ),
    );
