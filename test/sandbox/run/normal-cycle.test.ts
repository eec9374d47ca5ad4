import { describe, expect, test } from '@jest/globals';
import { closings, proxyOf, runExample, runFaults } from './run.ts';

const names = ['eu-north', 'eu-west', 'eu-south'];

describe('a normal cycle, over real HTTPS', () => {
  test('rebuilds every proxy from a new image without a client meeting an unfilled one under two names', async () => {
    const run = await runExample('normal-cycle', { transport: 'https' });

    expect(run.result.outcome).toBe('succeeded');
    expect(run.result.invariants).toEqual({ checked: expect.any(Number), violations: [] });
    expect(run.result.image.promoted).toBe(run.result.image.candidate);
    for (const name of names) {
      const proxy = proxyOf(run, name);
      expect(proxy).toMatchObject({
        outcome: 'rebuilt',
        failure: null,
        serving: proxy.replacement,
      });
      expect(proxy.images.after).toBe(run.result.image.candidate);
      expect(proxy.clientSeconds.down).toBe(0);
      expect(proxy.clientSeconds.incomplete > 0).toBe(name === 'eu-south');
      expect(closings(run, name)).toHaveLength(1);
    }
  });

  test('begins with the canary alone', async () => {
    const run = await runExample('normal-cycle');
    const [north, west, south] = names.map((name) => proxyOf(run, name).phases);
    const canaryEnd = north?.at(-1)?.endSeconds ?? Number.NaN;

    expect(west?.[0]?.startSeconds).toBeGreaterThanOrEqual(canaryEnd);
    expect(south?.[0]?.startSeconds).toBe(west?.[0]?.startSeconds);
  });

  test('gives the same result for the same seed, byte for byte, with and without sockets', async () => {
    const results = [
      await runExample('normal-cycle', { transport: 'https' }),
      await runExample('normal-cycle', { transport: 'https' }),
      await runExample('normal-cycle', { transport: 'in-process' }),
    ].map(({ result, story }) => JSON.stringify([result, story]));

    expect(new Set(results).size).toBe(1);
  });
});

describe('a sync without skip_metadata_check', () => {
  test('is caught before the incumbent is retired: it succeeds in seconds and syncs nothing', async () => {
    const run = await runExample('normal-cycle', { naiveSync: true });

    expect(proxyOf(run, 'eu-north')).toMatchObject({
      outcome: 'rolled-back',
      failure: {
        name: 'SyncSuspiciouslyFast',
        cause: expect.stringMatching(/at least \d+ s: .*Katello counts no content/),
      },
    });
    expect(proxyOf(run, 'eu-north').serving).toBe(proxyOf(run, 'eu-north').incumbent);
    expect(proxyOf(run, 'eu-north').clientSeconds).toMatchObject({ incomplete: 0, down: 0 });
  });

  test('is caught before the content is compared where the fleet file has a limit', async () => {
    const run = await runExample('normal-cycle', {
      naiveSync: true,
      content: { minimumSyncSeconds: 60 },
    });

    expect(proxyOf(run, 'eu-north').failure).toMatchObject({
      name: 'SyncSuspiciouslyFast',
      cause: expect.stringContaining('(content.minimumSyncSeconds)'),
    });
    expect(proxyOf(run, 'eu-north').serving).toBe(proxyOf(run, 'eu-north').incumbent);
  });
});

test('a complete sync of a small proxy may take seconds', async () => {
  const run = await runFaults([], { proxies: ['eu-north'], syncSeconds: 5 });

  expect(proxyOf(run, 'eu-north')).toMatchObject({ outcome: 'rebuilt', failure: null });
  expect(run.result.invariants.violations).toEqual([]);
});

describe('faults in the middle', () => {
  test('a replacement that dies while it is filled costs nothing but the rebuild', async () => {
    const run = await runFaults(
      [
        {
          fault: 'instance-dies',
          target: 'replacement',
          proxy: 'eu-north',
          at: { phase: 'fill', afterSeconds: 3600 },
        },
      ],
      { proxies: ['eu-north'] },
    );

    expect(proxyOf(run, 'eu-north')).toMatchObject({
      outcome: 'rolled-back',
      failure: { name: 'ReplacementLost' },
    });
    expect(proxyOf(run, 'eu-north').clientSeconds).toMatchObject({ incomplete: 0, down: 0 });
    expect(run.result.invariants.violations).toEqual([]);
  });

  test('a replacement that dies while the only one in service is relieved by the incumbent in Standby', async () => {
    const run = await runFaults(
      [
        {
          fault: 'instance-dies',
          target: 'replacement',
          proxy: 'eu-south',
          at: { phase: 'changeover', afterSeconds: 3600 },
        },
      ],
      { proxies: ['eu-south'] },
    );
    const south = proxyOf(run, 'eu-south');

    expect(south).toMatchObject({
      outcome: 'rolled-back',
      failure: { name: 'ReplacementLost' },
      serving: south.incumbent,
    });
    expect(south.clientSeconds.down).toBeLessThan(120);
    expect(run.result.invariants.violations).toEqual([]);
  });

  test('an incumbent that dies while the replacement is filled is followed by it within two minutes', async () => {
    const run = await runExample('incumbent-dies-mid-sync');
    const north = proxyOf(run, 'eu-north');

    expect(north.clientSeconds.down).toBeLessThan(120);
    expect(north.clientSeconds.incomplete).toBeGreaterThan(0);
    expect(north.serving).toBe(north.replacement);
  });

  test('a heal fills what Auto Scaling has launched by itself', async () => {
    const run = await runFaults([], { proxies: ['eu-north'], reason: 'heal' });
    const north = proxyOf(run, 'eu-north');

    expect(north).toMatchObject({ outcome: 'healed', failure: null });
    expect(north.serving).not.toBe(north.incumbent);
    expect(closings(run, 'eu-north')).toEqual([expect.stringContaining('eu-north: healed')]);
    expect(run.result.invariants.violations).toEqual([]);
  });

  test('an execution that is stopped in the console is followed by a rollback', async () => {
    const run = await runFaults(
      [
        {
          fault: 'execution-stopped',
          proxy: 'eu-north',
          at: { phase: 'standby', afterSeconds: 20 },
        },
      ],
      { proxies: ['eu-north'] },
    );
    const north = proxyOf(run, 'eu-north');

    expect(north.serving).toBe(north.incumbent);
    expect(closings(run, 'eu-north')).toEqual([expect.stringContaining('eu-north: rolled back')]);
    expect(run.result.invariants.violations).toEqual([]);
  });
});

describe('the message of the bake', () => {
  test('says what changed since the image that was published before', async () => {
    const { result } = await runExample('normal-cycle');
    const baked = result.slack
      .map(({ text }) => text)
      .find((text) => text.includes(': baked image '));

    expect(baked).toMatch(/ \| (Security|Updated) \(\d+\): /);
  });
});

test('a fleet execution whose name is as long as can be rebuilds every proxy', async () => {
  const name = 'n'.repeat(80);
  const { simulation } = await runFaults([], {
    afterwards: (world) =>
      void world.start('rebuild-fleet', name, { reason: 'manual', force: true }),
  });
  const later = simulation.executions.all().filter((execution) => execution.name.startsWith('nnn'));

  expect(later.map(({ status }) => status)).toEqual([
    'SUCCEEDED',
    'SUCCEEDED',
    'SUCCEEDED',
    'SUCCEEDED',
  ]);
});
