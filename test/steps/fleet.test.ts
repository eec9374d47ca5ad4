import { describe, expect, test } from '@jest/globals';
import { emptyRecord } from '../../functions/domain/record.ts';
import type { Image } from '../../functions/ports/images.ts';
import {
  announceImage,
  announceStart,
  announceSummary,
} from '../../functions/steps/announce-fleet.ts';
import { chooseWave } from '../../functions/steps/choose-wave.ts';
import { planFleet } from '../../functions/steps/plan-fleet.ts';
import { promoteImage } from '../../functions/steps/promote-image.ts';
import { pruneImages } from '../../functions/steps/prune-images.ts';
import { rejectImage } from '../../functions/steps/reject-image.ts';
import { verifyImage } from '../../functions/steps/verify-image.ts';
import { expectFailure } from '../contracts/failure.ts';
import { aFleet, aProxy } from '../domain/a-fleet.ts';
import { aProxyAtRest } from './a-rebuild.ts';
import { perform } from './in-memory-ports.ts';
import type { World } from './world.ts';

const me = 'arn:aws:states:eu-central-1:1:execution:rebuild-fleet-europe:run-1';
const execution = { id: me, name: 'run-1', startedAt: '2026-11-02T12:00:00.000Z' };
const current = '/smart-proxy-rebuilder/europe/images/current';

/** The incumbent was verified, and is 18 days old: due. */
const aFleetAtRest = (cycle: object = {}, names: readonly string[] = ['berlin']): World => {
  const world = aProxyAtRest();
  world.fleet = aFleet({
    cycle,
    proxies: names.map((name) => aProxy(name, { controlName: `${name}-control.example.com` })),
  });
  const lastRebuild = {
    at: '2026-10-15T16:00:00.000Z',
    imageId: 'ami-1',
    instanceId: 'i-old',
    certificateExpiresAt: null,
  };
  for (const name of names) world.records.set(name, { ...emptyRecord, lastRebuild });
  return world;
};
const image = (id: string, state: Image['state'], changes: Partial<Image> = {}): Image => ({
  id,
  state,
  available: true,
  architecture: 'x86_64',
  createdAt: new Date('2026-10-01T00:00:00.000Z'),
  katelloVersion: '4.21',
  features: ['pulpcore', 'registration', 'templates', 'logs'],
  sourceImage: 'ami-0ba5e000',
  snapshotIds: [],
  ...changes,
});

describe('the plan', () => {
  const plan = async (world: World, request: unknown = {}): Promise<Record<string, unknown>> =>
    Object(await perform(world, planFleet, { execution, request }));

  test('names who is due, why, and from which image', async () => {
    expect(await plan(aFleetAtRest())).toMatchObject({
      status: 'go',
      fleet: 'europe',
      proxies: ['berlin'],
      verdicts: [{ name: 'berlin', due: 'now', why: '18.0 days old' }],
      imageId: 'ami-2',
      imageSource: 'fresh',
      hasCanary: false,
    });
  });

  test('changes nothing', async () => {
    const world = aFleetAtRest();

    await plan(world);

    expect(world.writes).toBe(0);
  });

  test.each<[string, object, unknown, string, readonly string[]]>([
    ['is nothing when nobody is due', { softLimitDays: 19 }, {}, 'nothing-due', []],
    ['is everybody by force', { softLimitDays: 19 }, { force: true }, 'go', ['berlin', 'paris']],
    ['is whoever is named', { softLimitDays: 19 }, { proxies: ['paris'] }, 'go', ['paris']],
    ['begins with the canary', { canary: 'paris' }, {}, 'go', ['paris', 'berlin']],
    ['of a dry run is only told', {}, { dryRun: true }, 'dry-run', ['berlin', 'paris']],
  ])('%s', async (_name, cycle, request, status, proxies) => {
    expect(await plan(aFleetAtRest(cycle, ['berlin', 'paris']), request)).toMatchObject({
      status,
      proxies,
    });
  });

  test('waits for the window when that opens before the next sweep', async () => {
    const world = aFleetAtRest({ windows: [{ days: ['tue'], from: '01:00', to: '05:00' }] });

    expect(await plan(world)).toMatchObject({
      status: 'wait',
      proxies: [],
      startAt: '2026-11-03T01:00:00.000Z',
    });
  });

  test('has a canary only when the canary is rebuilt', async () => {
    const world = aFleetAtRest({ canary: 'paris', softLimitDays: 19 }, ['berlin', 'paris']);

    expect(await plan(world, { proxies: ['berlin'] })).toMatchObject({ hasCanary: false });
    expect(await plan(world, { proxies: ['berlin', 'paris'] })).toMatchObject({ hasCanary: true });
  });

  describe('beside another execution', () => {
    const rivalled = (startedAt: string, arn = me.replace('run-1', 'run-0')): World => {
      const world = aFleetAtRest();
      world.executions = [
        { arn: me, startedAt: new Date(execution.startedAt) },
        { arn, startedAt: new Date(startedAt) },
      ];
      return world;
    };

    test('that began earlier is refused to a person', async () => {
      await expectFailure(
        plan(rivalled('2026-11-02T11:00:00Z')),
        'FleetRebuildInProgress',
        'run-0',
      );
    });

    test('that began earlier is left to it by the schedule', async () => {
      expect(await plan(rivalled('2026-11-02T11:00:00Z'), { reason: 'scheduled' })).toMatchObject({
        status: 'busy',
      });
    });

    test('that began earlier may be made dry', async () => {
      expect(await plan(rivalled('2026-11-02T11:00:00Z'), { dryRun: true })).toMatchObject({
        status: 'dry-run',
      });
    });

    test('that began later continues', async () => {
      expect(await plan(rivalled('2026-11-02T13:00:00Z'))).toMatchObject({ status: 'go' });
    });

    test('that began in the same instant continues for exactly one of both', async () => {
      const [first, last] = ['run-0', 'run-2'].map((name) =>
        plan(rivalled(execution.startedAt, me.replace('run-1', name)), { reason: 'scheduled' }),
      );

      expect([await first, await last]).toMatchObject([{ status: 'busy' }, { status: 'go' }]);
    });
  });

  test('of a bad request is none', async () => {
    await expectFailure(plan(aFleetAtRest(), { proxies: ['rome'] }), 'BadRequest', 'rome');
  });
});

test('the wave comes from the plan and what has ended', async () => {
  const world = aFleetAtRest();
  const plan = await perform(world, planFleet, { execution, request: {} });

  expect(await perform(world, chooseWave, { execution, plan })).toMatchObject({
    status: 'wave',
    rebuilds: [{ proxy: 'berlin', name: `${execution.name}-berlin` }],
  });
});

describe('an image', () => {
  const verify = async (world: World, planned: object, bake?: object) => {
    const plan = Object(await perform(world, planFleet, { execution, request: {} }));
    return perform(world, verifyImage, { plan: { ...plan, ...planned }, ...(bake && { bake }) });
  };
  const exported = (Value: string) => ({ variables: [{ Name: 'IMAGE_ID', Value }] });

  test('that was given is looked at', async () => {
    expect(await verify(aFleetAtRest(), { imageId: 'ami-2' })).toEqual({ id: 'ami-2' });
  });

  test('that was baked is taken from what the build exports', async () => {
    expect(await verify(aFleetAtRest(), { imageId: null }, exported('ami-2'))).toEqual({
      id: 'ami-2',
    });
  });

  test.each<[string, object | undefined]>([
    ['nothing', undefined],
    ['no image', { variables: [] }],
    ['an empty id', exported('')],
  ])('is missing when the build exports %s', async (_name, bake) => {
    await expectFailure(verify(aFleetAtRest(), { imageId: null }, bake), 'BakeFailed', 'IMAGE_ID');
  });

  test.each([['4.21.1'], [null]])(
    'with the version %s is launched from',
    async (katelloVersion) => {
      const world = aFleetAtRest();
      world.images = [image('ami-2', 'candidate', { katelloVersion })];

      expect(await verify(world, { imageId: 'ami-2' })).toEqual({ id: 'ami-2' });
    },
  );

  test.each<[string, Image[], string]>([
    ['is not there', [], 'does not exist'],
    ['is not available', [image('ami-2', 'candidate', { available: false })], 'is not available'],
    ['was rejected', [image('ami-2', 'rejected')], 'was rejected'],
    ['is for another Katello', [image('ami-2', 'candidate', { katelloVersion: '4.20' })], '4.20'],
    [
      'lacks the packages of a feature',
      [image('ami-2', 'candidate', { features: ['pulpcore', 'registration'] })],
      'was baked without the packages of templates, logs',
    ],
    [
      'has an unreadable version',
      [image('ami-2', 'candidate', { katelloVersion: 'nightly' })],
      'nightly',
    ],
  ])('that %s is not launched from', async (_name, images, text) => {
    const world = aFleetAtRest();
    world.images = images;

    await expectFailure(verify(world, { imageId: 'ami-2' }), 'ImageNotUsable', text);
  });

  test('that all proxies run is published, and the one before is kept', async () => {
    const world = aFleetAtRest();
    world.images = [image('ami-1', 'current'), image('ami-2', 'candidate')];

    await perform(world, promoteImage, { image: { id: 'ami-2' } });
    await perform(world, promoteImage, { image: { id: 'ami-2' } });

    expect(world.images.map(({ id, state }) => [id, state])).toEqual([
      ['ami-1', 'previous'],
      ['ami-2', 'current'],
    ]);
    expect(world.imageParameters.get(current)).toBe('ami-2');
  });

  test('that nothing needs is removed; one in use stays', async () => {
    const world = aFleetAtRest();
    world.images = ['ami-3', 'ami-4', 'ami-5'].map((id) => image(id, 'rejected'));
    world.imagesInUse.add('ami-4');

    expect(await perform(world, pruneImages, { execution })).toEqual({
      removed: ['ami-3', 'ami-5'],
    });
    expect(world.images.map(({ id }) => id)).toEqual(['ami-4']);
  });

  test('that is gone leaves no snapshot behind for good', async () => {
    const world = aFleetAtRest();
    world.images = [{ ...image('ami-4', 'current'), snapshotIds: ['snap-4'] }];
    for (const id of ['snap-3', 'snap-4']) world.snapshots.add(id);

    expect(await perform(world, pruneImages, { execution })).toEqual({ removed: [] });

    expect([...world.snapshots]).toEqual(['snap-4']);
  });

  test('that cannot be removed does not keep the others, nor what an earlier run has left', async () => {
    const world = aFleetAtRest();
    world.images = ['ami-3', 'ami-4'].map((id) => image(id, 'rejected'));
    world.snapshots.add('snap-2');
    world.irremovable.add('ami-3');

    const pruning = perform(world, pruneImages, { execution });

    await expectFailure(pruning, 'AwsForbids', 'ami-3');
    expect(world.images.map(({ id }) => id)).toEqual(['ami-3']);
    expect(world.snapshots.size).toBe(0);
  });

  test.each<[string, Image['state'], string | null, Image['state']]>([
    ['that did not come up is rejected', 'candidate', 'ProvisioningFailed', 'rejected'],
    ['that never became healthy is rejected', 'candidate', 'ReplacementUnhealthy', 'rejected'],
    ['is not blamed for missing capacity', 'candidate', 'LaunchFailed', 'candidate'],
    ['is not blamed for certificates', 'candidate', 'CertificateNameMissing', 'candidate'],
    ['is not blamed for Katello', 'candidate', 'SyncFailed', 'candidate'],
    ['that one proxy runs is not rejected', 'candidate', null, 'candidate'],
    ['that is published is not rejected', 'current', 'ProvisioningFailed', 'current'],
  ])('%s', async (_name, before, failureName, after) => {
    const world = aFleetAtRest();
    world.images = [image('ami-2', before)];
    const failure = failureName === null ? null : { Error: failureName, Cause: '' };
    const wave = { status: 'failed', rebuilds: [], results: [{ proxy: 'berlin', failure }] };

    await perform(world, rejectImage, { image: { id: 'ami-2' }, wave });

    expect(world.images[0]?.state).toBe(after);
  });

  test('that one proxy runs is not rejected because another did not come up', async () => {
    const world = aFleetAtRest();
    world.images = [image('ami-2', 'candidate')];
    const results = [
      { proxy: 'berlin', failure: null },
      { proxy: 'paris', failure: { Error: 'ProvisioningFailed', Cause: '' } },
    ];

    await perform(world, rejectImage, {
      image: { id: 'ami-2' },
      wave: { status: 'failed', rebuilds: [], results },
    });

    expect(world.images[0]?.state).toBe('candidate');
  });
});

test('a fleet rebuild is announced at its start, after a bake, and at its end, each once', async () => {
  const world = aFleetAtRest();
  const plan = await perform(world, planFleet, { execution, request: {} });
  const run = { execution, plan, image: { id: 'ami-2' } };

  for (const step of [
    announceStart,
    announceImage,
    announceSummary,
    announceStart,
    announceSummary,
  ])
    await perform(world, step, run);

  expect(world.posted.map(({ title }) => title)).toEqual([
    'europe: rebuilding 1 of 1 proxies',
    'europe: baked image ami-2',
    'europe: 0 of 1 proxies rebuilt',
  ]);
});
