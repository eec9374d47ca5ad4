import { expect, test } from '@jest/globals';
import { userData } from '../../infra/proxy/user-data.ts';
import { aFleet, aProxy } from '../domain/a-fleet.ts';

const given = { region: 'eu-central-1', certsBucket: 'certs', logGroup: 'boots' };

test.each([
  ['the host of its address', undefined, 'katello.example.com'],
  ['its own name where the address is an alias', 'katello-1.example.com', 'katello-1.example.com'],
])('an instance knows Katello by %s', (_what, fqdn, expected) => {
  const fleet = aFleet({ proxies: [aProxy('berlin')] });
  const katello = { ...fleet.katello, ...(fqdn === undefined ? {} : { fqdn }) };
  const [proxy] = fleet.proxies;
  if (proxy === undefined) throw new Error('no proxy');

  expect(userData({ ...given, fleet: { ...fleet, katello }, proxy })).toContain(
    `"katelloHost": "${expected}"`,
  );
});
