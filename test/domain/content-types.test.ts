import { expect, test } from '@jest/globals';
import { unsyncableTypes } from '../../functions/domain/content-types.ts';

const withPulp = (...capabilities: readonly string[]) => ({
  features: [
    { name: 'Logs', capabilities: ['deb'] },
    { name: 'Pulpcore', capabilities },
  ],
});

test.each<[string, ReturnType<typeof withPulp>, readonly string[], readonly string[]]>([
  ['every capability', withPulp('rpm', 'container'), ['yum', 'docker'], []],
  ['one too few', withPulp('rpm', 'core'), ['yum', 'docker'], ['docker']],
  ['none, while Pulp is starting', withPulp(), ['yum'], ['yum']],
  ['a type of a later release', withPulp('rpm'), ['yum', 'flatpak'], []],
  ['no content', withPulp('rpm'), [], []],
])('a proxy with %s', (_what, capsule, types, expected) => {
  expect(unsyncableTypes(capsule, types)).toEqual(expected);
});

test('a proxy without Pulp syncs nothing', () => {
  expect(unsyncableTypes({ features: [] }, ['yum', 'deb'])).toEqual(['yum', 'deb']);
});
