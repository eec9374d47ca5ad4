import { describe, expect, test } from '@jest/globals';
import type { RestorePoint } from '../../../functions/domain/record.ts';
import type { SimulatedExecution } from '../../../sandbox/engine/execution.ts';
import { attemptsAreCounted, rebuildCleansUp } from '../../../sandbox/invariants/bookkeeping.ts';
import { certificatesOutlastTheCycle } from '../../../sandbox/invariants/certificates.ts';
import { oneClosingMessage } from '../../../sandbox/invariants/closing-messages.ts';
import { rollbackIsComplete } from '../../../sandbox/invariants/rollback.ts';
import { changesNeedTheLock } from '../../../sandbox/invariants/under-lock.ts';
import { ledgerTable } from '../../../sandbox/world/deployed-fleet.ts';
import type { SimulatedWorld } from '../../../sandbox/world/world.ts';
import { leavesItToTheNext } from '../../../statemachine/readers/endings.ts';
import { isInPhase } from '../../../statemachine/readers/phases.ts';
import { beginningOf, releaseAfter, taskOf, titleWhere } from '../../statemachine/titles.ts';
import { anExecution, aSnapshot, aWorld, findingsOf, remember, underLock } from './a-snapshot.ts';

const settling = taskOf('rebuild-proxy', 'settleProxy');
const rollbackFailed = titleWhere(
  'rebuild-proxy',
  (state) => state.Type === 'Fail' && state.ErrorPath === '$.rollbackFailure.Error',
);
const failing = titleWhere(
  'rebuild-proxy',
  ({ Type }, title) => Type === 'Fail' && isInPhase(title, 'rollback') && !leavesItToTheNext(title),
);

const aPoint = (owner: string): RestorePoint => ({
  owner,
  takenAt: '2026-01-10T22:00:00.000Z',
  reason: 'scheduled',
  sizes: { min: 1, max: 2, desired: 1 },
  launchTemplate: { id: 'lt-1', version: '1' },
  suspends: [],
  incumbent: null,
  capsuleId: null,
});

describe('what changes a proxy', () => {
  const settled = (): SimulatedExecution => {
    const execution = anExecution({ name: 'continues', status: 'RUNNING', states: [[settling]] });
    const history = execution.history.map((event) => ({ ...event, kind: 'exited' }));
    return { ...execution, history } as unknown as SimulatedExecution;
  };

  test('needs the lock, and is judged once', async () => {
    const world = await aWorld();
    const execution = settled();

    expect(findingsOf(changesNeedTheLock, aSnapshot(world, [execution]))).toEqual([
      `continues: "${settling}" ran without the lock`,
    ]);
    expect(findingsOf(changesNeedTheLock, aSnapshot(world, [execution]))).toEqual([]);
  });

  test('is in order under its own lock, and not under that of another', async () => {
    const world = await aWorld();
    const lockOf = (owner: string) =>
      world.aws.tables.get(ledgerTable)?.set('lock#p1', { owner: { S: owner } });
    const execution = settled();

    lockOf(execution.arn);
    expect(findingsOf(changesNeedTheLock, aSnapshot(world, [execution]))).toEqual([]);
    lockOf('arn:other');
    expect(findingsOf(changesNeedTheLock, aSnapshot(world, [settled()]))).toHaveLength(1);
  });
});

describe('the certificates of a replacement', () => {
  const dayMs = 86_400_000;

  test.each<[string, number, number | null, string | null]>([
    ['last for a cycle', 22, null, null],
    ['expire in the cycle', 20, null, 'replaced the incumbent by an instance whose certificates'],
    ['expire in the cycle, after those of the incumbent', 20, 19, null],
    ['have expired', -1, -2, 'brought an expired certificate into service'],
  ])('%s', async (_, days, daysOfIncumbent, finding) => {
    const world = await aWorld();
    world.machines.addServing('i-new', 'p1', 'ami-1', '10.0.0.2', { store: {}, files: {} });
    const [incumbent, replacement] = world.machines.all();
    const request = { proxy: 'p1', reason: 'scheduled', imageId: null, instanceId: null };
    const plan = {
      status: 'ready',
      incumbent: { id: incumbent?.id, privateIp: '10.0.0.1' },
      adopt: null,
      imageId: 'ami-1',
      launchTemplate: { id: 'lt-1', version: '1' },
      capsuleId: 2,
      expectedSeconds: {},
    };
    const launch = { status: 'ready', instanceId: replacement?.id, privateIp: '10.0.0.2' };
    const rebuild = anExecution({ name: 'r', states: [[underLock, { request, plan, launch }]] });
    const endsIn = (machine: typeof incumbent, inDays: number | null): void => {
      if (machine !== undefined && inDays !== null)
        machine.certificateExpiresAt = rebuild.startedAt.getTime() + inDays * dayMs;
    };
    endsIn(incumbent, daysOfIncumbent);
    endsIn(replacement, days);

    expect(findingsOf(certificatesOutlastTheCycle, aSnapshot(world, [rebuild]))).toEqual(
      finding === null ? [] : [expect.stringContaining(finding)],
    );
  });
});

describe('what a rebuild leaves when it ends', () => {
  test('may not be its lock', async () => {
    const world = await aWorld();
    const keeps = anExecution({ name: 'keeps', status: 'FAILED', states: [[underLock]] });
    const released = anExecution({
      name: 'released',
      states: [[underLock], [releaseAfter('settle')]],
    });

    expect(findingsOf(rebuildCleansUp, aSnapshot(world, [keeps]))).toEqual([
      'keeps ended while holding the lock',
    ]);
    expect(findingsOf(rebuildCleansUp, aSnapshot(world, [released]))).toEqual([]);
  });

  test('must not be its restore point, unless it reports a failed rollback', async () => {
    const world = await aWorld();
    const states = [[underLock], [releaseAfter('rollback')]] as const;
    const leaves = anExecution({ name: 'leaves', status: 'FAILED', states });
    const confesses = anExecution({
      name: 'leaves',
      status: 'FAILED',
      states: [[underLock], [rollbackFailed]],
    });
    remember(world, { restorePoint: aPoint(leaves.arn) });

    expect(findingsOf(rebuildCleansUp, aSnapshot(world, [leaves]))).toEqual([
      'leaves ended without rolling back its changes',
    ]);
    expect(findingsOf(rebuildCleansUp, aSnapshot(world, [confesses]))).toEqual([]);
  });

  test('is an attempt that counts', async () => {
    const world = await aWorld();
    const rebuild = anExecution({
      name: 'rebuild',
      states: [[underLock], [beginningOf('launch')]],
    });
    const snapshot = aSnapshot(world, [
      { ...rebuild, startedAt: world.environment.clock.now() } as never,
    ]);

    expect(findingsOf(attemptsAreCounted, snapshot)).toEqual([
      'rebuild is missing from the attempts of its proxy',
    ]);
    remember(world, { attempts: [{ execution: rebuild.arn, at: '2026-01-10T22:00:00.000Z' }] });
    expect(findingsOf(attemptsAreCounted, snapshot)).toEqual([]);
  });
});

describe('a rollback that reports that it is complete', () => {
  const rolledBack = anExecution({
    name: 'rolled-back',
    status: 'FAILED',
    states: [[underLock], [taskOf('rebuild-proxy', 'rollBackProxy')], [releaseAfter('rollback')]],
  });
  const groupOf = (world: SimulatedWorld) => [...world.aws.groups.values()][0];

  test('is complete', async () => {
    const world = await aWorld();
    expect(findingsOf(rollbackIsComplete, aSnapshot(world, [rolledBack]))).toEqual([]);

    groupOf(world)?.suspended.add('AZRebalance');
    expect(findingsOf(rollbackIsComplete, aSnapshot(world, [rolledBack]))).toEqual([
      'rolled-back reported its rollback complete, but: suspended: AZRebalance',
    ]);
    const old = aSnapshot(world, [rolledBack], { misledBy: new Set(['autoscaling']) });
    expect(findingsOf(rollbackIsComplete, old)).toEqual([]);
  });

  test('has moved the control name back', async () => {
    const world = await aWorld();
    const { network, proxies } = world.fleet;
    const name = proxies[0]?.controlName ?? '';
    world.aws.zones.addRecord(network.hostedZone.id, name, '10.9.9.9', 60);

    expect(findingsOf(rollbackIsComplete, aSnapshot(world, [rolledBack]))).toEqual([
      expect.stringContaining('points at 10.9.9.9'),
    ]);
  });
});

describe('the closing message', () => {
  const request = { proxy: 'p1', reason: 'manual', imageId: null, instanceId: null };
  const failed = anExecution({
    name: 'failed',
    status: 'FAILED',
    states: [
      [underLock, { request }],
      [failing, { request }],
    ],
  });

  test('is missed when a rebuild ended without one', async () => {
    const world = await aWorld();

    expect(findingsOf(oneClosingMessage, aSnapshot(world, [failed]))).toEqual([
      'no closing message for failed',
    ]);
  });

  test('is not missed when Slack did not take it', async () => {
    const world = await aWorld();
    const announcementFailure = { Error: 'SlackUnavailable', Cause: '' };
    const untold = anExecution({
      name: 'untold',
      status: 'FAILED',
      states: [
        [underLock, { request }],
        [failing, { request, announcementFailure }],
      ],
    });

    expect(findingsOf(oneClosingMessage, aSnapshot(world, [untold]))).toEqual([]);
  });

  test('is posted once', async () => {
    const world = await aWorld();
    const key = `claim#closing#${failed.arn}`;
    world.aws.tables.get(ledgerTable)?.set(key, { id: { S: key }, fulfilledAt: { N: '1' } });
    const text = 'p1: rebuild failed and was rolled back; the old instance is serving';
    const post = { atSeconds: 1, text, body: '' };
    world.slack.posts.push(post);
    expect(findingsOf(oneClosingMessage, aSnapshot(world, [failed]))).toEqual([]);

    world.slack.posts.push(post);
    expect(findingsOf(oneClosingMessage, aSnapshot(world, [failed]))).toEqual([
      '2 closing messages for 1 rebuilds',
    ]);
  });
});
