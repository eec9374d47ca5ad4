import { z } from 'zod';
import { type Cycle, weekdays } from './cycle.ts';
import { losesData } from './features.ts';
import { type Fleet, fleetSchema, type SmartProxy } from './fleet.ts';

type Path = readonly PropertyKey[];

/** Something about a fleet that its parts do not show one by one. */
export interface FleetProblem {
  readonly path: Path;
  readonly text: string;
}

/** What of a fleet is well-formed: the checks across parts look at that, whatever else is wrong. */
export interface SoundFleet {
  readonly katello?: Partial<Fleet['katello']>;
  readonly cycle?: Partial<Cycle>;
  readonly network?: Partial<Fleet['network']>;
  /** In the order of the file; `undefined` when the list itself is malformed. */
  readonly proxies?: readonly Partial<SmartProxy>[];
}

const { katello, cycle, network, proxies } = fleetSchema.shape;

const shapes: Readonly<Record<string, object>> = {
  katello: katello.shape,
  cycle: cycle.unwrap().shape,
  network: network.shape,
  proxies: proxies.element.shape,
};

/** The sections that the checks look at; every key may be absent. */
const partialFleet = z
  .object({
    katello: katello.partial(),
    cycle: cycle.unwrap().partial(),
    network: network.partial(),
    proxies: proxies.element.partial().array(),
  })
  .partial();

/** Removes what a path names; the places of list entries stay, so that other paths keep their meaning. */
const remove = (root: unknown, path: Path): void => {
  const [part, ...rest] = path;
  if (typeof root !== 'object' || root === null || part === undefined) return;
  if (rest.length > 0) remove(Reflect.get(root, part), rest);
  else if (Array.isArray(root)) Reflect.set(root, part, {});
  else Reflect.deleteProperty(root, part);
};

/**
 * What must not be judged because of a problem: the key of its section, or the whole section when the key is
 * not known, as one that is known was probably meant and would be judged by its default.
 */
const doubted = (path: Path): Path => {
  const depth = path[0] === 'proxies' ? 2 : 1;
  const [key, shape] = [path[depth], shapes[String(path[0])]];
  const isUnknown = key !== undefined && shape !== undefined && !Object.hasOwn(shape, key);
  return path.slice(0, isUnknown ? depth : depth + 1);
};

/** The well-formed keys of the sections, given the places at which the schema has found problems. */
export const soundParts = (input: unknown, badPaths: readonly Path[]): SoundFleet => {
  const keys = badPaths.map(doubted);
  const copy = structuredClone(input);
  for (const key of keys) remove(copy, key);
  const parsed = partialFleet.safeParse(copy);
  if (!parsed.success) return {};
  // A default in the place of what was removed would be judged as if someone had written it.
  for (const key of keys) remove(parsed.data, key);
  return parsed.data as SoundFleet;
};

type Check = (fleet: SoundFleet) => readonly FleetProblem[];

const eachProxy =
  (
    check: (proxy: Partial<SmartProxy>, path: Path, fleet: SoundFleet) => readonly FleetProblem[],
  ): Check =>
  (fleet) =>
    (fleet.proxies ?? []).flatMap((proxy, index) => check(proxy, ['proxies', index], fleet));

interface Use {
  readonly value: string;
  readonly path: Path;
}

/** Each use of a value after its first. */
const repeated = (uses: readonly Use[], text: (value: string) => string): readonly FleetProblem[] =>
  uses
    .filter(({ value }, index) => uses.findIndex((use) => use.value === value) < index)
    .map(({ value, path }) => ({ path, text: text(value) }));

const uses = (
  fleet: SoundFleet,
  read: (proxy: Partial<SmartProxy>) => Record<string, unknown>,
): Use[] =>
  (fleet.proxies ?? []).flatMap((proxy, index) =>
    Object.entries(read(proxy)).flatMap(([key, value]) =>
      typeof value === 'string' ? [{ value, path: ['proxies', index, ...key.split('.')] }] : [],
    ),
  );

const namesAreUnique: Check = (fleet) =>
  repeated(
    uses(fleet, ({ name }) => ({ name })),
    (name) => `is the second proxy named ${name}: give each a name of its own`,
  );

const hostNamesAreUnique: Check = (fleet) =>
  repeated(
    // Equal names within one proxy are told by a check of their own.
    uses(fleet, ({ serviceName, controlName }) =>
      controlName === serviceName ? { serviceName } : { serviceName, controlName },
    ),
    (name) => `is the second use of ${name}: every service and control name must be its own`,
  );

const certificatesAreUnique: Check = (fleet) =>
  repeated(
    uses(fleet, ({ certs }) => ({ 'certs.key': certs?.key })),
    () => 'is the key of another proxy too: a certificate is made for one name, so for one proxy',
  );

const namesDiffer = eachProxy(({ serviceName, controlName }, path) =>
  serviceName !== undefined && serviceName === controlName
    ? [
        {
          path: [...path, 'controlName'],
          text: 'equals serviceName: give another name, or leave it out for the one-name layout',
        },
      ]
    : [],
);

const namesStandInTheZone = eachProxy((proxy, path, { network: sound }) => {
  const zone = sound?.hostedZone?.name;
  if (zone === undefined) return [];
  return (['serviceName', 'controlName'] as const)
    .filter((key) => proxy[key] !== undefined && !proxy[key].endsWith(`.${zone}`))
    .map((key) => ({
      path: [...path, key],
      text: `must end with .${zone}, the name of the hosted zone in which its record stands`,
    }));
});

const namesAreNotKatello = eachProxy((proxy, path, { katello: sound }) => {
  if (sound?.url === undefined) return [];
  const { hostname } = new URL(sound.url);
  return (['serviceName', 'controlName'] as const)
    .filter((key) => proxy[key] === hostname)
    .map((key) => ({ path: [...path, key], text: "is Katello's own name: name the proxy" }));
});

const contentIsServed = eachProxy(({ features }, path) =>
  features !== undefined && !features.includes('pulpcore')
    ? [{ path: [...path, 'features'], text: 'must include pulpcore, which serves the content' }]
    : [],
);

const featuresAreUnique = eachProxy(({ features = [] }, path) =>
  repeated(
    features.map((value, index) => ({ value, path: [...path, 'features', index] })),
    (feature) => `names ${feature} a second time: remove it`,
  ),
);

/** Remote execution and Ansible reach hosts with a key that every host trusts. */
const keyIsKept = eachProxy((proxy, path) => {
  const user = proxy.features?.find((feature) => feature === 'script' || feature === 'ansible');
  if (user === undefined || proxy.remoteExecutionKey !== undefined) return [];
  return [
    {
      path: [...path, 'remoteExecutionKey'],
      text:
        `is missing; the feature ${user} needs it, as a rebuild would make a new key, which no ` +
        'host trusts: add the name of the SSM SecureString with the private key',
    },
  ];
});

const dataIsKept = eachProxy(({ features, persisted }, path) => {
  if (features === undefined || persisted === undefined) return [];
  return [...new Set(features)]
    .filter((feature) => losesData[feature] !== undefined && persisted[feature] === undefined)
    .map((feature) => ({
      path: [...path, 'persisted', feature],
      text:
        `is missing; a rebuild would lose ${losesData[feature]}: say where that is kept, or ` +
        `remove ${feature} from features`,
    }));
});

const persistedIsUsed = eachProxy(({ features, persisted }, path) =>
  Object.keys(persisted ?? {})
    .filter((key) => features !== undefined && !features.some((feature) => feature === key))
    .map((key) => ({
      path: [...path, 'persisted', key],
      text: `is not among the features of this proxy: add ${key} to features, or remove this line`,
    })),
);

const canaryExists: Check = ({ cycle: sound, proxies: all }) => {
  const canary = sound?.canary;
  if (canary === undefined || all === undefined) return [];
  const names = all.flatMap(({ name }) => name ?? []);
  // A proxy whose name is malformed could be the one that is meant.
  if (names.includes(canary) || names.length < all.length) return [];
  return [
    {
      path: ['cycle', 'canary'],
      text: `must be a proxy of this file, one of: ${names.join(', ')}`,
    },
  ];
};

const softLimitComesFirst: Check = ({ cycle: sound }) =>
  sound?.softLimitDays !== undefined &&
  sound.limitDays !== undefined &&
  sound.softLimitDays >= sound.limitDays
    ? [
        {
          path: ['cycle', 'softLimitDays'],
          text: `must be less than limitDays, which is ${sound.limitDays}`,
        },
      ]
    : [];

const minutesOf = (timeOfDay: string): number => {
  const [hours = 0, minutes = 0] = timeOfDay.split(':').map(Number);
  return hours * 60 + minutes;
};

const minutesPerDay = 24 * 60;
const minutesPerWeek = 7 * minutesPerDay;
const shortestWindowMinutes = 60;

const lengthOf = ({ from, to }: Cycle['windows'][number]): number =>
  (minutesOf(to) - minutesOf(from) + minutesPerDay) % minutesPerDay || minutesPerDay;

const windowsAreLongEnough: Check = ({ cycle: sound }) =>
  (sound?.windows ?? []).flatMap((window, index) =>
    lengthOf(window) < shortestWindowMinutes
      ? [
          {
            path: ['cycle', 'windows', index],
            text:
              `is open for ${lengthOf(window)} minutes: rebuilds start one after another, so ` +
              `leave it open for at least ${shortestWindowMinutes}`,
          },
        ]
      : [],
  );

/** The longest time in a week during which no window is open. */
const longestClosedMinutes = (windows: Cycle['windows']): number => {
  const spans = windows
    .flatMap((window) =>
      window.days.map((day) => {
        const opens = weekdays.indexOf(day) * minutesPerDay + minutesOf(window.from);
        return { opens, closes: opens + lengthOf(window) };
      }),
    )
    .sort((one, other) => one.opens - other.opens);
  let longest = 0;
  // The week goes round: the last window of a week may reach into, or be followed by, the next.
  let closes = Math.max(...spans.map((span) => span.closes)) - minutesPerWeek;
  for (const span of spans) {
    longest = Math.max(longest, span.opens - closes);
    closes = Math.max(closes, span.closes);
  }
  return longest;
};

/** Between its two limits every proxy must meet an open window, or only the hard limit is ever used. */
const windowsOpenInTime: Check = ({ cycle: sound }) => {
  const { windows, limitDays, softLimitDays } = sound ?? {};
  if (!windows?.length || limitDays === undefined || softLimitDays === undefined) return [];
  const closedDays = Math.ceil(longestClosedMinutes(windows) / minutesPerDay);
  if (softLimitDays >= limitDays || closedDays <= limitDays - softLimitDays) return [];
  const text =
    `may stay closed from softLimitDays (${softLimitDays}) to limitDays (${limitDays}), as up to ` +
    `${closedDays} days pass without one: add windows, or set softLimitDays to at most ` +
    `${limitDays - closedDays}`;
  const instead = 'may stay closed until the limit, as days pass without one: add windows';
  return [{ path: ['cycle', 'windows'], text: limitDays > closedDays ? text : instead }];
};

const zonesMatchSubnets: Check = ({ network: sound }) => {
  const [subnets, zones] = [sound?.subnetIds, sound?.availabilityZones];
  if (subnets === undefined || zones === undefined || subnets.length === zones.length) return [];
  return [
    {
      path: ['network', 'availabilityZones'],
      text: `names ${zones.length} zones for ${subnets.length} subnets: give the zone of each subnet`,
    },
  ];
};

const subnetsAreUnique: Check = ({ network: sound }) =>
  repeated(
    (sound?.subnetIds ?? []).map((value, index) => ({
      value,
      path: ['network', 'subnetIds', index],
    })),
    (subnet) => `names ${subnet} a second time: remove it and its zone`,
  );

const zonesAreUnique: Check = ({ network: sound }) =>
  repeated(
    (sound?.availabilityZones ?? []).map((value, index) => ({
      value,
      path: ['network', 'availabilityZones', index],
    })),
    (zone) => `names ${zone} a second time: a load balancer takes one subnet of a zone`,
  );

const checks: readonly Check[] = [
  softLimitComesFirst,
  windowsAreLongEnough,
  windowsOpenInTime,
  canaryExists,
  zonesMatchSubnets,
  subnetsAreUnique,
  zonesAreUnique,
  namesAreUnique,
  hostNamesAreUnique,
  certificatesAreUnique,
  namesDiffer,
  namesStandInTheZone,
  namesAreNotKatello,
  contentIsServed,
  featuresAreUnique,
  keyIsKept,
  dataIsKept,
  persistedIsUsed,
];

/** Everything that does not fit together in a fleet, each with its place and the fix. */
export const fleetProblems = (fleet: SoundFleet): readonly FleetProblem[] =>
  checks.flatMap((check) => check(fleet));
