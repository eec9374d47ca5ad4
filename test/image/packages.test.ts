import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { features } from '../../functions/domain/features.ts';
import { releases as releasesOfTheFleetFile } from '../../functions/domain/releases.ts';

/** What Puppet declares, compiled from the installer's own modules: package -> releases, by feature. */
interface Catalogue {
  readonly releases: Readonly<Record<string, { readonly katello: string }>>;
  readonly packages: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly removes: Readonly<Record<string, readonly string[]>>;
}

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const catalogue: Catalogue = JSON.parse(readFileSync(at('test/image/catalogue.json'), 'utf8'));
const releases = Object.keys(catalogue.releases);

/** What the bake installs. */
const listed = (release: string, ...wanted: readonly string[]): readonly string[] =>
  execFileSync(
    'bash',
    [at('packer/scripts/list-packages.sh'), at('packer/packages'), wanted.join(' '), release],
    { encoding: 'utf8', stdio: 'pipe' },
  )
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(' ')[0] ?? '');

const declared = (feature: string, release: string): readonly string[] =>
  Object.entries(catalogue.packages[feature] ?? {})
    .filter(([, range]) => {
      const [from = '', to = ''] = range.split('..').map((end) => releases.indexOf(end));
      const position = releases.indexOf(release);
      return Number(from) <= position && position <= Number(to);
    })
    .map(([name]) => name);

const eachFeature = releases.flatMap((release) =>
  features.map((feature): [string, string] => [feature, release]),
);

test('every feature of the fleet file has a catalogue', () => {
  expect(Object.keys(catalogue.packages).sort()).toEqual(['base', ...features].sort());
});

test.each(releases)(
  'with Foreman %s, an image has every package that is always declared',
  (release) => {
    expect(listed(release)).toEqual(expect.arrayContaining([...declared('base', release)]));
  },
);

test.each(eachFeature)(
  'the feature %s adds to Foreman %s exactly what it declares',
  (feature, release) => {
    const base = listed(release);
    const added = listed(release, feature).filter((name) => !base.includes(name));
    const expected = declared(feature, release).filter((name) => !base.includes(name));

    expect([...added].sort()).toEqual([...expected].sort());
    for (const name of catalogue.removes[feature] ?? []) expect(base).not.toContain(name);
  },
);

test('mod_http2 is in every image, also where only the configuration of httpd asks for it', () => {
  for (const release of ['3.13', '3.19', '5.0']) expect(listed(release)).toContain('mod_http2');
});

test('a later release has the packages of the last one that was compiled', () => {
  expect(listed('5.0', ...features)).toEqual(listed('3.19', ...features));
});

test('no package is listed twice, whatever the features', () => {
  const all = listed('3.19', ...features);

  expect(all).toEqual([...new Set(all)]);
});

test('a feature that the lists do not know is an error', () => {
  expect(() => listed('3.19', 'pulpcore', 'teleport')).toThrow(
    'features.txt has no feature teleport',
  );
});

test('every release of the fleet file but the newest was compiled, with the same Katello', () => {
  const known = releasesOfTheFleetFile.map(({ foreman, katello }) => [foreman, katello]);
  const compiled = Object.entries(catalogue.releases).map(([foreman, { katello }]) => [
    foreman,
    katello,
  ]);

  expect(known).toEqual([...compiled, ['5.0', '5.0']]);
});

test('the table of versions in the documentation has every release', () => {
  const rows = readFileSync(at('docs/image.md'), 'utf8').matchAll(
    /^\| (\d\.\d+) \| (\d\.\d+) \|/gm,
  );

  expect([...rows].map(([, foreman, katello]) => ({ foreman, katello }))).toEqual(
    releasesOfTheFleetFile,
  );
});
