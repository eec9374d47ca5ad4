import { type Check, eachProxy, repeated, uses } from './check.ts';

const namesAreUnique: Check = (fleet) =>
  repeated(
    uses(fleet, ({ name }) => ({ name })),
    (name) => `repeats ${name}: give each proxy its own name`,
  );

const hostNamesAreUnique: Check = (fleet) =>
  repeated(
    // Equal names within one proxy are reported by a check of their own.
    uses(fleet, ({ serviceName, controlName }) =>
      controlName === serviceName ? { serviceName } : { serviceName, controlName },
    ),
    (name) => `repeats ${name}: every service name and control name must be unique`,
  );

const certificatesAreUnique: Check = (fleet) =>
  repeated(
    uses(fleet, ({ certs }) => ({ 'certs.key': certs?.key })),
    () => 'is also the key of another proxy: certificates are made for one name, so for one proxy',
  );

const namesDiffer = eachProxy(({ serviceName, controlName }, path) =>
  serviceName !== undefined && serviceName === controlName
    ? [
        {
          path: [...path, 'controlName'],
          text: 'equals serviceName: use another name, or leave it out for the one-name layout',
        },
      ]
    : [],
);

const namesAreInTheZone = eachProxy((proxy, path, { network: sound }) => {
  const zone = sound?.hostedZone?.name;
  if (zone === undefined) return [];
  return (['serviceName', 'controlName'] as const)
    .filter((key) => proxy[key] !== undefined && !proxy[key].endsWith(`.${zone}`))
    .map((key) => ({
      path: [...path, key],
      text: `must end with .${zone}, the name of the hosted zone`,
    }));
});

const namesAreNotKatello = eachProxy((proxy, path, { katello: sound }) => {
  if (sound?.url === undefined) return [];
  const katello = [new URL(sound.url).hostname, sound.fqdn];
  return (['serviceName', 'controlName'] as const)
    .filter((key) => proxy[key] !== undefined && katello.includes(proxy[key]))
    .map((key) => ({
      path: [...path, key],
      text: 'is the host name of Katello: use the name of the proxy',
    }));
});

export const nameChecks: readonly Check[] = [
  namesAreUnique,
  hostNamesAreUnique,
  certificatesAreUnique,
  namesDiffer,
  namesAreInTheZone,
  namesAreNotKatello,
];
