import { type Check, eachProxy, repeated, uses } from './check.ts';

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

export const nameChecks: readonly Check[] = [
  namesAreUnique,
  hostNamesAreUnique,
  certificatesAreUnique,
  namesDiffer,
  namesStandInTheZone,
  namesAreNotKatello,
];
