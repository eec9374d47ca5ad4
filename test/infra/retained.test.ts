import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { exhaustiveSettings, synthesize, templatesOf } from './example.ts';

const settings = exhaustiveSettings();
synthesize(settings);

/** What CloudFormation leaves behind when a stack goes, a creation that failed included. */
const retained = () =>
  Object.entries(templatesOf(settings)).flatMap(([stack, { Resources }]) =>
    Object.entries(Resources)
      .filter(([, { DeletionPolicy = 'Delete' }]) => DeletionPolicy !== 'Delete')
      .map(([id, resource]) => ({ stack, id, ...resource })),
  );

test('what stays has no name of ours, which a second deployment could not give again', () => {
  const named = retained().filter(({ Properties }) =>
    Object.keys(Properties).some((key) => key.endsWith('Name')),
  );

  expect(named.map(({ id }) => id)).toEqual([]);
});

test('docs/deployment.md lists what stays, and nothing else', () => {
  const page = readFileSync(new URL('../../docs/deployment.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)` \| `(AWS::\w+::\w+)` \|/gm)].map(
    ([, stack, type]) => `${stack} ${type}`,
  );

  expect(rows.sort()).toEqual(
    retained()
      .map(({ stack, Type }) => `${stack} ${Type}`)
      .sort(),
  );
});
