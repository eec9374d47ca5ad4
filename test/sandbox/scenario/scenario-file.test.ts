import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { scheduledFaults } from '../../../sandbox/faults/kinds.ts';
import { pathNames } from '../../../sandbox/faults/sites.ts';
import { readRunInput } from '../../../sandbox/scenario/run-input.ts';
import type { Scenario } from '../../../sandbox/scenario/scenario.ts';
import { defaultScenario, readScenario } from '../../../sandbox/scenario/scenario-file.ts';
import { problemsOf, withFiles } from '../../config/files.ts';
import { goodFleet } from '../../config/fleet-text.ts';

const scenarioIn = (text: string): Scenario =>
  withFiles({ 'story.yaml': text }, (pathOf) => readScenario(pathOf('story.yaml')));

const problemsIn = (text: string): readonly string[] =>
  withFiles({ 'story.yaml': text }, (pathOf) =>
    problemsOf(() => readScenario(pathOf('story.yaml'))),
  ).map((line) => line.replace(/^story\.yaml:/, ''));

const known = (words: readonly string[]): string => words.join(', ');
const faults = known(Object.keys(scheduledFaults));
const services = 'autoscaling, ec2, elasticloadbalancing, ssm, route53, states, s3, dynamodb';
const paths = known(pathNames);
const duration = 'must be a duration, such as 90s, 25m, 3h or 1h30m';
const instant =
  'must be a date and a time with a zone in the years 2000 to 2099, such as 2026-01-10T22:00:00Z or 2026-03-29T01:30:00+01:00';

// biome-ignore format: one line a case.
const spoilt: readonly (readonly [text: string, ...problems: string[]])[] = [
  ['seeds: 3', '1: seeds: is not a known key; did you mean seed? Known: fleet, seed, start, instances, site, durations, downloadPolicies, faults'],
  ['seed: -1', '1: seed: must be at least 0'],
  ['seed: 1.5', '1: seed: must be a whole number'],
  ['fleet: ""', '1: fleet: must not be empty'],
  ['start: { reason: bored }', '1: start.reason: must be one of: scheduled, manual, heal'],
  ['start: { dryRun: "yes" }', '1: start.dryRun: must be true or false, without quotes'],
  ['start: { imageId: latest }', '1: start.imageId: must be the id of an image, such as ami-0123456789abcdef0'],
  ['start: { proxies: eu-west }', '1: start.proxies: must be a list, not text: write "- " before each entry'],
  ['start: { reason: heal }', '1: start.proxies: must name the proxy that lost its instance, because a heal needs one'],
  ['start: { at: 2026-03-29T01:30:00 }', `1: start.at: ${instant}`],
  ['start: { at: tomorrow }', `1: start.at: ${instant}`],
  ['start: { at: 2027-02-29T01:30:00Z }', `1: start.at: ${instant}`],
  ['start: { at: 1926-02-28T01:30:00Z }', `1: start.at: ${instant}`],
  ['start: { at: 20260329 }', `1: start.at: ${instant}`],
  ['instances: { age: 20 }', `1: instances.age: ${duration}`],
  ['instances: { verified: sometimes }', '1: instances.verified: must be a duration before the start, such as 19d, or never'],
  ['instances: { verified: 21d }', '1: instances.verified: must not be longer ago than the age of the instance, 20 days; use a shorter time'],
  ['instances: { verified: 3d, proxies: { a: { age: 1d12h } } }', '1: instances.proxies.a.verified: must not be longer ago than the age of the instance, 1.5 days; use a shorter time'],
  ['instances: { proxies: { a: { old: 3d } } }', '1: instances.proxies.a.old: is not a known key. Known: age, verified'],
  ['durations: { sync: 90 }', `1: durations.sync: ${duration}`],
  ['durations: { sync: 3 hours }', `1: durations.sync: ${duration}`],
  ['durations: { sync: "" }', `1: durations.sync: ${duration}`],
  ['durations: { synch: 3h }', '1: durations.synch: is not a known key; did you mean sync? Known: bake, boot, install, sync, drain, register, proxies'],
  ['durations: { proxies: { a: { drain: 3h } } }', '1: durations.proxies.a.drain: is not a known key. Known: boot, install, sync'],
  ['faults: { fault: sync-fails }', '1: faults: must be a list, not a section with keys: write "- " before each entry'],
  ['faults: [sync-fails]', '1: faults[0]: must be a section with keys, not text: fault, proxy, at, for, times, service, action, target, path, first'],
  ['faults: [{ fault: earthquake }]', `1: faults[0].fault: must be one of: ${faults}`],
  ['faults: [{ fault: sync-fail }]', `1: faults[0].fault: must be one of: ${faults}; did you mean sync-fails?`],
  ['faults: [{ at: 3h }]', `1: faults[0].fault: is missing; add one of: ${faults}`],
  ['faults: [{ fault: slack-down, until: 3h }]', '1: faults[0].until: is not a known key. Known: fault, proxy, at, for, times, service, action, target, path, first'],
  ['faults: [{ fault: slack-down, at: noon }]', '1: faults[0].at: must be a duration since the start, such as 10m, or a phase, such as { phase: sync }'],
  ['faults: [{ fault: slack-down, at: { phase: lunch } }]', '1: faults[0].at.phase: must be one of: sync, inspect, launch, provision, fill, admit, standby, changeover, soak, retire, settle, rollback, refill; did you mean launch?'],
  ['faults: [{ fault: slack-down, at: { phase: fill, after: 3 } }]', `1: faults[0].at.after: ${duration}`],
  ['faults: [{ fault: slack-down, for: long }]', `1: faults[0].for: ${duration}`],
  ['faults: [{ fault: sync-fails, times: 0 }]', '1: faults[0].times: must be at least 1'],
  ['faults: [{ fault: api-fails, service: sqs }]', `1: faults[0].service: must be one of: ${services}`],
  ['faults: [{ fault: sync-fails, service: ec2 }]', '1: faults[0].service: is only for the api-… faults; remove it from sync-fails'],
  ['faults: [{ fault: permission-denied }]', '1: faults[0].action: must name what is denied, such as ec2:CreateTags'],
  ['faults: [{ fault: permission-denied, action: tagging }]', '1: faults[0].action: must be an action of IAM that the controller uses, such as ec2:CreateTags, or a service with a star, such as ec2:*'],
  ['faults: [{ fault: permission-denied, action: ec2:StopInstances }]', '1: faults[0].action: must be an action of IAM that the controller uses, such as ec2:CreateTags, or a service with a star, such as ec2:*'],
  ['faults: [{ fault: api-fails, action: ec2:CreateTags }]', '1: faults[0].action: is only for permission-denied; remove it from api-fails'],
  ['faults: [{ fault: instance-dies, target: both }]', '1: faults[0].target: must be one of: incumbent, replacement'],
  ['faults: [{ fault: sync-fails, target: incumbent }]', '1: faults[0].target: is only for instance-dies and health-replacement; remove it from sync-fails'],
  ['faults: [{ fault: instance-dies, for: 3h }]', '1: faults[0].for: is not possible, because instance-dies is instantaneous; remove it'],
  ['faults: [{ fault: deployment, for: 3h }]', '1: faults[0].for: is not possible, because deployment is instantaneous; remove it'],
  ['faults: [{ fault: dns-cached, times: 2 }]', '1: faults[0].times: is not possible, because dns-cached is not counted; use "for" instead'],
  ['faults: [{ fault: clock-steps, proxy: eu-west }]', '1: faults[0].proxy: is not possible, because clock-steps affects the whole fleet; remove it'],
  ['faults: [{ fault: katello-down, times: 2 }]', '1: faults[0].times: is not possible, because katello-down is not counted; use "for" instead'],
  ['faults: [{ fault: bake-fails, proxy: eu-west }]', '1: faults[0].proxy: is not possible, because bake-fails affects the whole fleet; remove it'],
  ['faults: [{ fault: path-closed }]', `1: faults[0].path: is missing; path-closed needs one of: ${paths}`],
  ['faults: [{ fault: path-closed, path: here }]', `1: faults[0].path: must be one of: ${paths}`],
  ['faults: [{ fault: token-rotated, first: vault }]', '1: faults[0].first: must be one of: katello, parameter'],
  ['faults: [{ fault: slack-down, first: katello }]', '1: faults[0].first: is only for token-rotated; remove it from slack-down'],
  ['faults: [{ fault: slack-down, path: clients-to-proxy }]', '1: faults[0].path: is only for path-closed; remove it from slack-down'],
  ['faults: [{ fault: path-closed, path: functions-to-katello, proxy: eu-west }]', '1: faults[0].proxy: is not possible, because path-closed on functions-to-katello affects the whole fleet; remove it'],
  ['seed: x\nstart: { dryRun: 1 }', '1: seed: must be a number, not text', '2: start.dryRun: must be true or false, without quotes'],
  ['start: { reason: heal, proxies: [eu-north], unlaunched: [eu-north] }', '1: start.unlaunched: must not name a proxy to heal, because it has no instance to lose'],
  ['start: { unlaunched: [eu-nroth], sweeps: 15 }', '1: start.sweeps: must be at most 14'],
  ['# only a story', '1: is empty: start from one of the examples'],
];

describe('a spoilt scenario', () => {
  test.each(spoilt)('%s', (text, ...problems) => {
    expect(problemsIn(text)).toEqual(problems);
  });
});

describe('a scenario', () => {
  test('gets the defaults of what it leaves out', () => {
    const { durations, incumbent, ...rest } = scenarioIn('seed: 7');

    expect(rest).toMatchObject({
      name: 'story',
      seed: 7,
      start: {
        at: new Date('2026-01-10T22:00:00Z'),
        reason: 'scheduled',
        proxies: [],
        imageId: null,
        dryRun: false,
      },
      faults: [],
    });
    expect(rest.fleet).toMatch(/examples\/fleet\.yaml$/);
    expect(incumbent('any')).toEqual({ ageDays: 20, verifiedDaysAgo: 20 });
    expect(durations).toMatchObject({ bakeSeconds: 1500, drainSeconds: 300, registerSeconds: 90 });
    expect(durations.of('any')).toEqual({
      bootSeconds: 180,
      installSeconds: 1200,
      syncSeconds: 10_800,
    });
  });

  test('has durations of its own for a proxy, and those of the fleet for the rest', () => {
    const { durations } = scenarioIn(
      'durations: { sync: 1h30m, proxies: { eu-west: { sync: 1d } } }',
    );

    expect(durations.of('eu-west').syncSeconds).toBe(86_400);
    expect(durations.of('eu-west').bootSeconds).toBe(180);
    expect(durations.of('eu-north').syncSeconds).toBe(5400);
  });

  test('begins at any date, in the zone that it says', () => {
    const { start } = scenarioIn('start: { at: 2028-02-29T00:30:00+13:45 }');

    expect(start.at).toEqual(new Date('2028-02-28T10:45:00Z'));
  });

  test('has instances of any age, verified later than launched or never', () => {
    const { incumbent } = scenarioIn(
      'instances: { age: 3d, verified: never, proxies: { a: { age: 20d12h, verified: 6d }, b: { verified: 1d } } }',
    );

    expect(['a', 'b', 'c'].map(incumbent)).toEqual([
      { ageDays: 20.5, verifiedDaysAgo: 6 },
      { ageDays: 3, verifiedDaysAgo: 1 },
      { ageDays: 3, verifiedDaysAgo: null },
    ]);
  });

  test('has things that happen at an instant and are undone after a while', () => {
    const { faults: read } = scenarioIn(`faults:
  - { fault: processes-suspended, at: 10m, for: 1h }
  - { fault: executor-restarts, for: 10m }
  - { fault: capsule-removed, for: 10m }
`);

    expect(read.map(({ forSeconds }) => forSeconds)).toEqual([3600, 600, 600]);
  });

  test('has faults that begin at an instant or with a phase', () => {
    const { faults: read } = scenarioIn(`faults:
  - { fault: katello-down, at: 10m, for: 1h }
  - { fault: sync-fails, proxy: eu-west, at: { phase: fill, after: 90s }, times: 2 }
  - { fault: slack-down, proxy: eu-west, at: { phase: sync } }
`);

    expect(read).toEqual([
      { fault: 'katello-down', at: { seconds: 600 }, forSeconds: 3600 },
      { fault: 'sync-fails', proxy: 'eu-west', at: { phase: 'fill', afterSeconds: 90 }, times: 2 },
      { fault: 'slack-down', proxy: 'eu-west', at: { phase: 'sync' } },
    ]);
  });

  test('is described by its first comment, without the line for editors', () => {
    const text = `# yaml-language-server: $schema=x.json
# Katello is down
# for an hour.
#
# Nobody notices.

# A comment of its own.
seed: 3 # and another
`;

    expect(scenarioIn(text).description).toBe('Katello is down for an hour.\nNobody notices.');
  });

  test.each(['seed: 1\n# late\n', 'seed: 1\n'])(
    'without a first comment has no description',
    (text) => {
      expect(scenarioIn(text).description).toBe('');
    },
  );

  test('finds its fleet file from its own folder', () => {
    withFiles({ 'story.yaml': 'fleet: my.yaml' }, (pathOf) => {
      expect(readScenario(pathOf('story.yaml')).fleet).toBe(pathOf('my.yaml'));
    });
  });

  test('may name its fleet file by the whole path', () => {
    expect(scenarioIn('fleet: /etc/fleet.yaml').fleet).toBe('/etc/fleet.yaml');
  });
});

describe('the examples', () => {
  const files = readdirSync('examples/scenarios');

  test.each(files)('%s fits its fleet and begins with its story', (file) => {
    const { scenario } = readRunInput({ scenario: `examples/scenarios/${file}` });

    expect(scenario.description.length).toBeGreaterThan(40);
  });

  test('have a normal cycle, which runs when nothing else is asked for', () => {
    const { scenario } = readRunInput({});

    expect(defaultScenario).toMatch(/examples\/scenarios\/normal-cycle\.yaml$/);
    expect(scenario).toMatchObject({ name: 'normal-cycle', faults: [] });
  });
});

describe('the input of a run', () => {
  const scenario = `fleet: fleet.yaml
seed: 3
start: { proxies: [north] }
faults: [{ fault: sync-fails, proxy: south }]
`;
  const files = { 'fleet.yaml': goodFleet, 'story.yaml': scenario };

  test('is the scenario with the fleet that it names', () => {
    const input = withFiles(files, (pathOf) => readRunInput({ scenario: pathOf('story.yaml') }));

    expect(input.fleet.fleet).toBe('europe');
    expect(input.scenario).toMatchObject({ seed: 3, start: { proxies: ['north'], dryRun: false } });
  });

  test('is what the command line says, where it says something', () => {
    const input = withFiles(
      { ...files, 'other.yaml': goodFleet.replace('europe', 'asia') },
      (pathOf) =>
        readRunInput({
          scenario: pathOf('story.yaml'),
          fleet: pathOf('other.yaml'),
          seed: 0,
          proxies: ['south'],
          imageId: 'ami-12345678',
          dryRun: true,
        }),
    );

    expect(input.fleet.fleet).toBe('asia');
    expect(input.scenario.seed).toBe(0);
    expect(input.scenario.start).toEqual({
      at: new Date('2026-01-10T22:00:00Z'),
      reason: 'scheduled',
      proxies: ['south'],
      imageId: 'ami-12345678',
      dryRun: true,
      unlaunched: [],
      sweeps: 0,
    });
  });

  test('stays a dry run when only the scenario says so', () => {
    const input = withFiles(
      { ...files, 'story.yaml': 'fleet: fleet.yaml\nstart: { dryRun: true }' },
      (pathOf) => readRunInput({ scenario: pathOf('story.yaml'), dryRun: false }),
    );

    expect(input.scenario.start.dryRun).toBe(true);
  });

  test('must name proxies of the fleet, wherever it names one', () => {
    const text = `fleet: fleet.yaml
start: { proxies: [north, west] }
instances: { proxies: { old: { age: 3d } } }
durations: { proxies: { east: { sync: 3h } } }
faults: [{ fault: sync-fails, proxy: nort }]
`;
    const problems = withFiles({ ...files, 'story.yaml': text }, (pathOf) =>
      problemsOf(() => readRunInput({ scenario: pathOf('story.yaml'), proxies: ['south', 'up'] })),
    );

    const advice = 'must be a proxy of the fleet file, one of: north, south';
    expect(problems).toEqual([
      `story.yaml:2: start.proxies[1]: ${advice}`,
      `story.yaml:3: instances.proxies.old: ${advice}`,
      `story.yaml:4: durations.proxies.east: ${advice}`,
      `story.yaml:5: faults[0].proxy: ${advice}`,
      '--proxies: up is not in the fleet file; known: north, south',
    ]);
  });

  test('is refused with the problems of scenario and fleet together', () => {
    const spoiltFleet = goodFleet.replace('fleet: europe', 'fleet: Europe');
    const problems = withFiles({ 'fleet.yaml': spoiltFleet, 'story.yaml': 'seed: x' }, (pathOf) =>
      problemsOf(() =>
        readRunInput({ scenario: pathOf('story.yaml'), fleet: pathOf('fleet.yaml') }),
      ),
    );

    expect(problems.map((line) => line.split(': ', 2).join(': '))).toEqual([
      'story.yaml:1: seed',
      'fleet.yaml:1: fleet',
    ]);
  });
});
