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
const done: BootReport = { status: 'done', certificate: null };

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
    expect(await ask(booting(done))).toEqual({
      status: 'ready',
      admitFirst: false,
      certificate: null,
    });
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
      certificate: null,
      missingNames: [],
    });

    await expectFailure(
      ask(world),
      'ProvisioningFailed',
      /^i-new failed at installer: exit 6\none\ntwo$/,
    );
  });

  test('that failed without a log says just that', async () => {
    const world = booting({
      status: 'failed',
      step: 'installer',
      reason: 'exit 6',
      logTail: '',
      certificate: null,
      missingNames: [],
    });

    await expectFailure(ask(world), 'ProvisioningFailed', /^i-new failed at installer: exit 6$/);
  });

  describe('with certificates that expire before the next rebuild is due', () => {
    const certificate = {
      file: 'ssl-build/berlin/berlin-apache.crt',
      subject: 'CN=berlin',
      expiresAt: '2026-11-20T00:00:00Z',
    };
    const old: BootReport = { status: 'done', certificate };
    const knowing = (world: World, certificateExpiresAt: string | null, instanceId = 'i-old') => {
      const at = '2026-10-15T12:00:00.000Z';
      const lastRebuild = { at, imageId: 'ami-1', instanceId, certificateExpiresAt };
      world.records.set('berlin', { ...world.record(), lastRebuild });
      return world;
    };

    test('is refused while the incumbent serves', async () => {
      await expectFailure(ask(booting(old)), 'CertificatesExpire', /berlin-apache.crt.*CN=berlin/);
    });

    test.each<[string, string | null, string]>([
      ['last longer', '2027-11-02T00:00:00Z', 'i-old'],
      ['are the same', certificate.expiresAt, 'i-old'],
      ['are not known', null, 'i-old'],
      ['were those of another instance', '2026-11-03T00:00:00Z', 'i-before'],
    ])('is refused if those of the incumbent %s', async (_, expiresAt, instanceId) => {
      const world = knowing(booting(old), expiresAt, instanceId);

      await expectFailure(ask(world), 'CertificatesExpire');
    });

    test('is filled if those of the incumbent expire even earlier', async () => {
      const world = knowing(booting(old), '2026-11-03T00:00:00Z');

      expect(await ask(world)).toEqual({ status: 'ready', admitFirst: false, certificate });
    });

    test('goes into service when nothing else serves', async () => {
      const world = booting(old, { incumbent: 'gone' });

      expect(await ask(world)).toEqual({ status: 'ready', admitFirst: true, certificate });
    });
  });

  test.each([
    ['certs', '2026-11-01T00:00:00Z', [], 'CertificatesExpire'],
    ['certs', '2026-11-20T00:00:00Z', [], 'ProvisioningFailed'],
    ['certs', '2026-11-20T00:00:00Z', ['berlin.example.com'], 'CertificateNameMissing'],
    ['certs', '2026-11-01T00:00:00Z', ['berlin.example.com'], 'CertificateNameMissing'],
    ['installer', '2026-11-01T00:00:00Z', [], 'ProvisioningFailed'],
    ['installer', '2026-11-20T00:00:00Z', ['berlin.example.com'], 'ProvisioningFailed'],
  ] as const)(
    'that failed at %s with certificates until %s and without the names %j is a %s',
    async (step, expiresAt, missingNames, name) => {
      const certificate = { file: 'a.crt', subject: 'CN=a', expiresAt };
      const reason = 'a reason';
      const report = { step, reason, logTail: '', certificate, missingNames };
      const world = booting({ status: 'failed', ...report });

      await expectFailure(ask(world), name, /^i-new failed at \w+: a reason$/);
    },
  );

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
