import { describe, expect, test } from '@jest/globals';
import type { FleetRun } from '../../../functions/domain/fleet-run.ts';
import { resourceNames } from '../../../functions/domain/resource-names.ts';
import type { SimulatedExecution } from '../../../sandbox/engine/execution.ts';
import { sweepsSkipNoDueProxy, waveLimitsHold } from '../../../sandbox/invariants/fleet-runs.ts';
import { publishedImagesAreVerified } from '../../../sandbox/invariants/published-images.ts';
import { taskOf, titleWhere } from '../../statemachine/titles.ts';
import { anExecution, aSnapshot, aWorld, findingsOf } from './a-snapshot.ts';

const aPlan = (changes: Partial<FleetRun['plan']> = {}): FleetRun['plan'] => ({
  status: 'go',
  fleet: 'simulated',
  reason: 'scheduled',
  proxies: ['p1', 'p2', 'p3'],
  verdicts: [],
  concurrency: 1,
  hasCanary: false,
  imageId: null,
  imageSource: 'bake',
  baseImage: 'ami-0ba5e00000000000',
  foremanVersion: '3.19',
  katelloVersion: '4.21',
  features: 'pulpcore registration',
  startAt: '2026-01-01T00:00:00.000Z',
  ...changes,
});

interface AFleetRun {
  readonly plan: FleetRun['plan'];
  readonly waves?: readonly (readonly string[])[];
  readonly startedAt?: Date;
}

const wave = titleWhere('rebuild-fleet', ({ Type }) => Type === 'Map');

const rebuildsOf = (proxies: readonly string[]) =>
  proxies.map((proxy) => ({ proxy, name: `fleet-${proxy}` }));

const aFleetRun = ({ plan, waves = [], startedAt }: AFleetRun): SimulatedExecution =>
  anExecution({
    name: 'fleet',
    machine: 'rebuild-fleet',
    input: { reason: 'scheduled' },
    states: [
      [taskOf('rebuild-fleet', 'planFleet'), { plan, image: { id: 'ami-new' } }],
      ...waves.map(
        (proxies) =>
          [
            wave,
            { plan, image: { id: 'ami-new' }, wave: { rebuilds: rebuildsOf(proxies) } },
          ] as const,
      ),
    ],
    ...(startedAt && { startedAt }),
  });

const ofProxy = (proxy: string, status: SimulatedExecution['status']): SimulatedExecution =>
  anExecution({ name: `fleet-${proxy}`, status, input: { proxy, reason: 'scheduled' } });

describe('the waves of a fleet', () => {
  test('hold no more proxies than may be rebuilt at once, and the canary alone', async () => {
    const world = await aWorld();
    const wide = aFleetRun({ plan: aPlan(), waves: [['p1', 'p2']] });
    const plan = aPlan({ concurrency: 3, hasCanary: true });
    const joined = aFleetRun({ plan, waves: [['p1', 'p2'], ['p3']] });
    const kept = aFleetRun({ plan, waves: [['p1'], ['p2', 'p3']] });

    const finding = ['2 proxies at once, not 1'];
    expect(findingsOf(waveLimitsHold, aSnapshot(world, [wide]))).toEqual(finding);
    expect(findingsOf(waveLimitsHold, aSnapshot(world, [joined]))).toEqual(finding);
    expect(findingsOf(waveLimitsHold, aSnapshot(world, [kept]))).toEqual([]);
  });

  test('end with a failure', async () => {
    const world = await aWorld();
    const run = aFleetRun({ plan: aPlan(), waves: [['p1'], ['p2']] });

    expect(findingsOf(waveLimitsHold, aSnapshot(world, [run, ofProxy('p1', 'FAILED')]))).toEqual([
      'a wave started after p1 had failed',
    ]);
    expect(findingsOf(waveLimitsHold, aSnapshot(world, [run, ofProxy('p1', 'SUCCEEDED')]))).toEqual(
      [],
    );
  });
});

describe('an image', () => {
  test('is published for the fleet once every proxy of the plan is rebuilt from it', async () => {
    const world = await aWorld();
    const run = aFleetRun({ plan: aPlan({ proxies: ['p1', 'p2'] }) });
    const half = [run, ofProxy('p1', 'SUCCEEDED'), ofProxy('p2', 'FAILED')];
    const whole = [run, ofProxy('p1', 'SUCCEEDED'), ofProxy('p2', 'SUCCEEDED')];
    const publish = (): void => {
      expect(findingsOf(publishedImagesAreVerified, aSnapshot(world, []))).toEqual([]);
      const parameter = resourceNames.currentImageParameter(world.fleet.fleet);
      world.aws.parameters.put(parameter, 'ami-new');
    };

    publish();
    expect(findingsOf(publishedImagesAreVerified, aSnapshot(world, half))).toEqual([
      'ami-new is published before every due proxy runs it',
    ]);
    const other = await aWorld();
    expect(findingsOf(publishedImagesAreVerified, aSnapshot(other, whole))).toEqual([]);
    const parameter = resourceNames.currentImageParameter(other.fleet.fleet);
    other.aws.parameters.put(parameter, 'ami-new');
    expect(findingsOf(publishedImagesAreVerified, aSnapshot(other, whole))).toEqual([]);
  });

  test('is published for a proxy once its replacement has taken over', async () => {
    const world = await aWorld();
    expect(findingsOf(publishedImagesAreVerified, aSnapshot(world))).toEqual([]);
    const parameter = resourceNames.proxyImageParameter(world.fleet.fleet, 'p1');
    world.aws.parameters.put(parameter, 'ami-new');

    expect(findingsOf(publishedImagesAreVerified, aSnapshot(world))).toEqual([
      'ami-new is published before its replacement has taken over',
    ]);
  });
});

describe('a sweep', () => {
  const later = { name: 'p1', due: 'later', why: 'young', startBy: null };
  const plan = aPlan({ proxies: [], status: 'nothing-due', verdicts: [later] });

  test('skips no proxy that is too old', async () => {
    const world = await aWorld();
    const sweep = aFleetRun({ plan, startedAt: new Date('2026-01-10T22:00:00Z') });
    const early = aFleetRun({ plan, startedAt: new Date('2026-01-01T22:00:00Z') });

    expect(findingsOf(sweepsSkipNoDueProxy, aSnapshot(world, [sweep]))).toEqual([
      expect.stringMatching(/^fleet: i-\w+ is due but was not rebuilt$/),
    ]);
    expect(findingsOf(sweepsSkipNoDueProxy, aSnapshot(world, [early]))).toEqual([]);
  });
});
