import { describe, expect, test } from '@jest/globals';
import type { BootReport } from '../../functions/ports/boot.ts';
import { awaitProvisioning } from '../../functions/steps/await-provisioning.ts';
import { expectFailure } from '../contracts/failure.ts';
import { aFleet, aProxy } from '../domain/a-fleet.ts';
import { aRebuild, aRun } from './a-rebuild.ts';
import { perform } from './in-memory-ports.ts';
import type { World } from './world.ts';

const booting = (report: BootReport, standing: Parameters<typeof aRebuild>[0] = {}): World => {
  const world = aRebuild(standing);
  world.boots.set('i-new', report);
  return world;
};
const ask = (world: World, seconds = 0) =>
  perform(world, awaitProvisioning, aRun(world, { provision: seconds }));
const done: BootReport = { status: 'done' };

describe('a first boot', () => {
  test.each<[BootReport, string]>([
    [{ status: 'unreachable' }, 'i-new is not reachable yet'],
    [{ status: 'running', step: null }, 'the first boot of i-new is running'],
    [{ status: 'running', step: 'installer' }, 'the first boot of i-new is running (installer)'],
  ])('that is %j is waited for, with the launch hook kept open', async (report, words) => {
    const world = booting(report);

    expect(await ask(world)).toEqual({
      status: 'waiting',
      waitSeconds: 1020,
      waitingFor: words,
      admitFirst: false,
    });
    expect(world.heartbeats).toEqual(['i-new']);
  });

  test('is looked at often once it may be over', async () => {
    expect(await ask(booting({ status: 'unreachable' }), 1100)).toMatchObject({ waitSeconds: 50 });
  });

  test('that is done is filled before it serves', async () => {
    expect(await ask(booting(done))).toEqual({ status: 'ready', admitFirst: false });
  });

  test('that is done goes into service at once when nothing else serves', async () => {
    expect(await ask(booting(done, { incumbent: 'gone' }))).toMatchObject({ admitFirst: true });
  });

  test('that is done goes into service at once when the proxy has one name', async () => {
    const world = booting(done);
    world.fleet = aFleet({ proxies: [aProxy('berlin')] });

    expect(await ask(world)).toMatchObject({ admitFirst: true });
  });

  test('that failed ends the rebuild with the step, the reason, and the log beneath', async () => {
    const world = booting({
      status: 'failed',
      step: 'installer',
      reason: 'exit 6',
      logTail: 'one\ntwo',
    });

    await expectFailure(
      ask(world),
      'ProvisioningFailed',
      /^i-new failed at installer: exit 6\none\ntwo$/,
    );
  });

  test('that failed without a log says just that', async () => {
    const world = booting({ status: 'failed', step: 'installer', reason: 'exit 6', logTail: '' });

    await expectFailure(ask(world), 'ProvisioningFailed', /^i-new failed at installer: exit 6$/);
  });

  test('that takes two hours is given up', async () => {
    const world = booting({ status: 'running', step: 'installer' });

    await expectFailure(
      ask(world, 7201),
      'ProvisioningTimedOut',
      'the first boot of i-new is running (installer)',
    );
  });
});

describe('a replacement is lost', () => {
  test.each<[string, (world: World) => void]>([
    ['when the group no longer has it', (world) => world.remove('i-new')],
    [
      'when it is leaving',
      (world) => {
        world.instance('i-new').lifecycleState = 'Terminating:Wait';
      },
    ],
    [
      'when EC2 does not know it',
      (world) => {
        world.machines.delete('i-new');
      },
    ],
    [
      'when it was stopped',
      (world) => Object.assign(world.machines.get('i-new') ?? {}, { state: 'stopped' }),
    ],
  ])('%s', async (_name, lose) => {
    const world = booting(done);
    lose(world);

    await expectFailure(ask(world), 'ReplacementLost', 'i-new');
  });
});
