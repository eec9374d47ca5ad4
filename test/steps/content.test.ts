import { describe, expect, test } from '@jest/globals';
import { NamedFailure } from '../../functions/domain/failures.ts';
import type { Phase } from '../../functions/domain/record.ts';
import { waiting } from '../../functions/domain/waiting.ts';
import { checkSync } from '../../functions/steps/check-sync.ts';
import { countBaseline } from '../../functions/steps/count-baseline.ts';
import { startSync } from '../../functions/steps/start-sync.ts';
import { verifyContent } from '../../functions/steps/verify-content.ts';
import { expectFailure } from '../contracts/failure.ts';
import { aBaseline, aRebuild, aReport, aRun, executionId } from './a-rebuild.ts';
import { perform } from './in-memory-ports.ts';
import type { World } from './world.ts';

type Answer = Record<string, unknown>;
type Began = Partial<Record<Phase, number>>;

const start = async (
  world: World,
  changes: object = {},
  began: Began = { fill: 0 },
): Promise<Answer> => Object(await perform(world, startSync, aRun(world, began, changes)));
const check = async (world: World, sync: Answer, began: Began = { fill: 0 }): Promise<Answer> =>
  Object(await perform(world, checkSync, aRun(world, began, { sync })));
const filled = { status: 'ready', countTaskId: null, report: null, filled: true, gatewayRow: null };

describe('the start of a sync', () => {
  test('asks for a complete one, as the replacement is empty', async () => {
    const world = aRebuild();

    expect(await start(world)).toMatchObject({
      status: 'started',
      taskId: 'task-1',
      scope: 'complete',
      attempt: 1,
    });
    expect(world.katello.started).toEqual(['complete sync']);
  });

  test('run twice follows the one that it has started', async () => {
    const world = aRebuild();

    expect(await start(world)).toEqual(await start(world));
    expect(world.katello.started).toHaveLength(1);
  });

  test('asks for a light one after the change-over of a filled replacement', async () => {
    const world = aRebuild();

    await start(world, { content: filled }, { fill: 9, changeover: 0 });

    expect(world.katello.started).toEqual(['light sync']);
  });

  test('asks for a complete one after the change-over of one that was never verified', async () => {
    const world = aRebuild();

    await start(world, {}, { changeover: 0 });

    expect(world.katello.started).toEqual(['complete sync']);
  });

  test('begins again for the next attempt', async () => {
    const world = aRebuild();
    const first = await start(world);

    const second = await start(world, {
      sync: { ...first, ...waiting(60, 'the next attempt'), status: 'again' },
    });

    expect(second).toMatchObject({ attempt: 2, taskId: 'task-2' });
  });

  test('continues a fill that the loss of the incumbent has interrupted', async () => {
    const world = aRebuild();
    const first = await start(world);
    const sync = { ...first, status: 'incumbent-lost' };

    expect(await start(world, { sync }, { changeover: 0 })).toMatchObject({ taskId: 'task-1' });

    world.katello.move('task-1', 'stopped', 'error');
    expect(await start(world, { sync }, { changeover: 0 })).toMatchObject({ taskId: 'task-2' });
  });

  test('is refused without a replacement, or without a proxy in Katello', async () => {
    const world = aRebuild();
    await expectFailure(start(world, { plan: { capsuleId: null } }), 'CapsuleNotFound');

    world.remove('i-new');
    await expectFailure(start(world), 'ReplacementLost');

    expect(world.katello.started).toEqual([]);
  });
});

describe('a running sync', () => {
  const syncing = async (standing: Parameters<typeof aRebuild>[0] = {}) => {
    const world = aRebuild(standing);
    return { world, sync: await start(world) };
  };

  test('is waited for', async () => {
    const { world, sync } = await syncing();
    world.katello.move('task-1', 'running', 'pending', 0.3);

    expect(await check(world, sync)).toEqual({
      ...sync,
      status: 'waiting',
      progress: 0.3,
      progressAt: '2026-11-02T12:00:00.000Z',
      waitSeconds: 50,
      waitingFor: "Katello's sync is running, 30 %",
    });
  });

  test.each([
    [1799, 1],
    [1800, 2],
  ])(
    'gets, %i s after the first heartbeat of the launch hook, %i in all',
    async (seconds, times) => {
      const { world, sync } = await syncing();
      const startedAt = world.now;
      world.now = new Date(startedAt.getTime() + seconds * 1000);
      const { hookKeptAt } = await check(world, sync);

      expect(world.heartbeats).toHaveLength(times);
      expect(hookKeptAt).toBe((times === 1 ? startedAt : world.now).toISOString());
    },
  );

  test('has no launch hook to keep open once the replacement serves', async () => {
    const { world, sync } = await syncing({ replacement: 'InService' });
    await check(world, sync);

    expect(world.heartbeats).toEqual([]);
  });

  test('that succeeds after its time is ready', async () => {
    const { world, sync } = await syncing();
    world.pass(3600);
    world.katello.move('task-1', 'stopped', 'success');

    const { waitSeconds: _, waitingFor: __, ...followed } = sync;
    expect(await check(world, sync)).toEqual({
      ...followed,
      status: 'ready',
      progress: 1,
      progressAt: '2026-11-02T13:00:00.000Z',
      tookSeconds: 3600,
    });
  });

  test('is loaded for its progress now and then only, and its end is noticed at once', async () => {
    const { world, sync } = await syncing();
    world.katello.move('task-1', 'running', 'pending', 0.3);
    let last = await check(world, sync);
    expect(world.katello.tasksLoaded).toBe(1);

    world.pass(599);
    last = await check(world, { ...sync, ...last });
    expect(last).toMatchObject({ status: 'waiting', progress: 0.3 });
    expect(world.katello.tasksLoaded).toBe(1);

    world.pass(1);
    last = await check(world, { ...sync, ...last });
    expect(world.katello.tasksLoaded).toBe(2);

    world.pass(20);
    world.katello.move('task-1', 'stopped', 'success');
    expect(await check(world, { ...sync, ...last })).toMatchObject({ status: 'ready' });
  });

  test('that succeeds in seconds is ready as well: the content gate judges it', async () => {
    const { world, sync } = await syncing();
    world.pass(5);
    world.katello.move('task-1', 'stopped', 'success');

    expect(await check(world, sync)).toMatchObject({ status: 'ready', tookSeconds: 5 });
  });

  test('that pauses is stopped and tried again', async () => {
    const { world, sync } = await syncing();
    world.katello.move('task-1', 'paused', 'error');

    expect(await check(world, sync)).toMatchObject({
      status: 'again',
      waitSeconds: 60,
      waitingFor: "Katello's sync ended as paused/error; starting attempt 2",
    });
    expect(world.katello.tasks.get('task-1')).toMatchObject({
      state: 'stopped',
      result: 'cancelled',
    });
  });

  test('that Katello forgets ends the rebuild', async () => {
    const { world, sync } = await syncing();
    world.katello.tasks.clear();

    await expectFailure(check(world, sync), 'SyncTaskGone', 'task-1');
  });

  test('is cut short when nothing serves any more', async () => {
    const { world, sync } = await syncing({ incumbent: 'gone' });

    expect(await check(world, sync)).toMatchObject({ status: 'incumbent-lost', taskId: 'task-1' });
  });

  test('of a replacement that serves is not cut short', async () => {
    const { world, sync } = await syncing({ incumbent: 'gone', replacement: 'InService' });

    expect(await check(world, sync, { changeover: 0 })).toMatchObject({ status: 'waiting' });
  });

  test('ends with its replacement', async () => {
    const { world, sync } = await syncing();
    world.machines.delete('i-new');

    await expectFailure(check(world, sync), 'ReplacementLost');
  });

  test('that takes longer than the fleet file allows, with all its attempts, ends the rebuild', async () => {
    const { world, sync } = await syncing();
    const limitSeconds = 36 * 3600;

    expect(await check(world, sync, { fill: limitSeconds })).toMatchObject({ status: 'waiting' });
    await expectFailure(check(world, sync, { fill: limitSeconds + 1 }), 'SyncTimedOut');
  });
});

describe('the baseline', () => {
  const past = aBaseline({ owner: 'an earlier execution', katello: { past: { rpm: 7 } } });
  const count = async (world: World, changes: object = {}): Promise<Answer> =>
    Object(await perform(world, countBaseline, aRun(world, {}, changes)));
  const uncounted = (): World => {
    const world = aRebuild();
    world.knownContent.clear();
    world.knownContent.set('verified', past);
    return world;
  };
  const found = ({ knownContent }: World) => knownContent.get('baseline');
  const remembered = { ...past, owner: executionId, isFresh: false };
  /** After Katello has counted. */
  const counted = async (world: World) => {
    const baseline = await count(world);
    world.katello.move('task-1', 'stopped', 'success');
    return count(world, { baseline });
  };

  test('is what the incumbent reports and Katello counts, each asked once', async () => {
    const world = uncounted();
    const first = await count(world);
    expect(first).toMatchObject({
      status: 'waiting',
      countTaskId: 'task-1',
      report: { commandId: 'report-1', failures: 0 },
    });

    world.katello.move('task-1', 'stopped', 'success');

    expect(await count(world, { baseline: first })).toEqual({
      status: 'ready',
      countTaskId: null,
      report: null,
      usesGateway: false,
    });
    expect(found(world)).toEqual(aBaseline({ katello: world.katello.counts }));
    expect(world.katello.started).toEqual(['count']);
    expect(world.reportsAsked).toEqual(['i-old']);
  });

  test('waits for both', async () => {
    const world = uncounted();
    world.reports.delete('i-old');

    const answer = await counted(world);

    expect(answer).toMatchObject({
      status: 'waiting',
      waitingFor: 'i-old is reporting its content',
      countTaskId: 'task-1',
    });
  });

  test('without an incumbent is what the last rebuild was verified to hold', async () => {
    const world = uncounted();

    expect(await count(world, { plan: { incumbent: null } })).toMatchObject({ status: 'ready' });

    expect(found(world)).toEqual(remembered);
    expect(world.katello.started).toEqual([]);
    expect(world.reportsAsked).toEqual([]);
  });

  test('is not taken from an incumbent that was never verified itself', async () => {
    const world = uncounted();
    const lastRebuild = {
      at: world.now.toISOString(),
      imageId: 'ami-1',
      instanceId: 'i-before',
      certificateExpiresAt: null,
    };
    world.records.set('berlin', { ...world.record(), lastRebuild });

    expect(await count(world)).toMatchObject({ status: 'ready' });

    expect(found(world)).toEqual(remembered);
  });

  test('is not taken from an incumbent that reports to be empty, whatever Katello counts', async () => {
    const world = uncounted();
    world.reports.set('i-old', aReport('i-old', {}));

    expect(await counted(world)).toMatchObject({ status: 'ready' });

    expect(found(world)).toEqual(remembered);
  });

  test('is not taken from an incumbent that is empty by the only word there is', async () => {
    const world = uncounted();
    world.reports.set('i-old', { status: 'failed', reason: 'exit code 1' });
    world.katello.counts = { '14': { rpm: 0 } };

    expect(await afterFailures(world)).toMatchObject({ status: 'ready' });

    expect(found(world)).toEqual(remembered);
  });

  /** Katello has counted, and the report has failed for the last time. */
  const afterFailures = async (world: World): Promise<Answer> => {
    let baseline = await count(world);
    world.katello.move('task-1', 'stopped', 'success');
    for (let look = 0; look < 4; look += 1) baseline = await count(world, { baseline });
    return count(world, { baseline });
  };

  test('needs no report of an incumbent that cannot give one: the last verified one serves', async () => {
    const world = uncounted();
    world.reports.set('i-old', { status: 'failed', reason: 'exit code 1' });

    expect(await afterFailures(world)).toMatchObject({ status: 'ready' });

    expect(found(world)).toEqual({ ...remembered, katello: world.katello.counts });
    expect(world.reportsAsked).toEqual(['i-old', 'i-old', 'i-old']);
  });

  test('does not take a report for one that has problems', async () => {
    const world = uncounted();
    world.reports.set('i-old', aReport('i-old', {}, ['the artifacts: psql ended with 2']));

    await afterFailures(world);

    expect(found(world)?.instance).toEqual(past.instance);
  });

  test('waits half an hour for an incumbent that Systems Manager cannot reach, and continues', async () => {
    const world = uncounted();
    world.unreachable.add('i-old');
    const baseline = await count(world);
    world.katello.move('task-1', 'stopped', 'success');
    expect(await count(world, { baseline })).toMatchObject({
      status: 'waiting',
      waitingFor: 'Systems Manager cannot reach i-old',
    });
    world.pass(1801);

    expect(await count(world, { baseline })).toMatchObject({ status: 'ready' });
    expect(found(world)?.instance).toEqual(past.instance);
  });

  test.each(['error', 'warning', 'cancelled'] as const)(
    'is refused when the count ends in %s',
    async (result) => {
      const world = uncounted();
      const baseline = await count(world);
      world.katello.move('task-1', 'stopped', result);

      await expectFailure(count(world, { baseline }), 'ContentNotCounted', `stopped/${result}`);
    },
  );

  test('is refused when the count takes hours', async () => {
    const world = uncounted();
    const baseline = await count(world);
    world.pass(7201);

    await expectFailure(count(world, { baseline }), 'ContentNotCounted', 'after 120 minutes');
  });

  test('is refused when Katello forgets the count', async () => {
    const world = uncounted();
    const baseline = await count(world);
    world.katello.tasks.clear();

    await expectFailure(count(world, { baseline }), 'ContentNotCounted', 'no longer exists');
  });

  test('is written nowhere when the restore point no longer exists', async () => {
    const world = uncounted();
    world.records.clear();

    await expectFailure(count(world, { plan: { incumbent: null } }), 'BaselineMissing');

    expect(found(world)).toBeUndefined();
  });
});

describe('the content gate', () => {
  const sync = {
    status: 'ready',
    taskId: 'task-sync',
    scope: 'complete',
    attempt: 1,
    startedAt: '2026-11-02T11:00:00.000Z',
    progress: 1,
  };
  const verify = async (world: World, changes: object = {}): Promise<Answer> =>
    Object(await perform(world, verifyContent, aRun(world, { fill: 9 }, { sync, ...changes })));
  const counted = async () => {
    const world = aRebuild();
    const content = await verify(world);
    world.katello.move('task-1', 'stopped', 'success');
    return { world, content };
  };
  const verified = ({ knownContent }: World) => knownContent.get('verified');

  test('asks both again: what Katello remembers is about the incumbent', async () => {
    const world = aRebuild();

    expect(await verify(world)).toEqual({
      status: 'waiting',
      waitSeconds: 20,
      waitingFor: 'Katello is counting the content, task task-1; i-new is reporting its content',
      countTaskId: 'task-1',
      report: { commandId: 'report-1', since: world.now.toISOString(), failures: 0 },
      filled: false,
      gatewayRow: null,
    });
    expect(world.reportsAsked).toEqual(['i-new']);
  });

  test('lets through what holds as much as the incumbent', async () => {
    const { world, content } = await counted();

    expect(await verify(world, { content })).toEqual({
      status: 'ready',
      countTaskId: null,
      report: null,
      filled: true,
      gatewayRow: null,
      proven: { on_demand: 1 },
    });
    expect(verified(world)).toEqual(aBaseline({ katello: world.katello.counts }));
    expect(world.katello.namesAsked).toBe(0);
  });

  test('stops what holds less by the counts of Katello, and names it', async () => {
    const { world, content } = await counted();
    world.katello.counts = { '14': { rpm: 1000, erratum: 3 } };

    await expectFailure(
      verify(world, { content }),
      'ContentMissing',
      'Production/RHEL 9/BaseOS (14): erratum 100 -> 3',
    );

    expect(verified(world)).toBeUndefined();
  });

  test('stops what a sync has skipped, and says that it was too fast', async () => {
    const { world, content } = await counted();
    world.katello.counts = { '14': {} };

    await expectFailure(
      verify(world, { content, sync: { ...sync, tookSeconds: 0.4 } }),
      'SyncSuspiciouslyFast',
      'task task-sync succeeded after 0 s',
    );
  });

  test('stops it without the name, too, when Katello does not give that', async () => {
    const { world, content } = await counted();
    world.katello.counts = { '14': { rpm: 1000, erratum: 3 } };
    world.katello.statusFailure = new NamedFailure('KatelloUnavailable', 'too slow');

    await expectFailure(
      verify(world, { content }),
      'ContentMissing',
      'repository 14: erratum 100 -> 3',
    );
  });

  test('stops what is empty by its own word, although Katello counts everything', async () => {
    const { world, content } = await counted();
    world.reports.set('i-new', aReport('i-new', {}));

    await expectFailure(
      verify(world, { content }),
      'ContentContradicted',
      "check first which address Katello's host has for berlin-control.example.com",
    );
  });

  test('stops what has not reported, and says why', async () => {
    const { world, content } = await counted();
    world.reports.set('i-new', { status: 'failed', reason: 'exit code 2' });
    let answer = content;
    for (let look = 0; look < 4; look += 1) answer = await verify(world, { content: answer });

    await expectFailure(verify(world, { content: answer }), 'ContentNotReported', 'exit code 2');
  });

  test('gives a report that fails another two chances', async () => {
    const { world, content } = await counted();
    world.reports.set('i-new', { status: 'failed', reason: 'exit code 2' });
    const failed = await verify(world, { content });
    expect(failed).toMatchObject({ report: { commandId: null, failures: 1 } });
    world.reports.set('i-new', aReport('i-new'));
    const again = await verify(world, { content: failed });

    expect(await verify(world, { content: again })).toMatchObject({ status: 'ready' });
  });

  test('stops what is empty, even when nothing is known of before', async () => {
    const { world, content } = await counted();
    world.knownContent.set('baseline', aBaseline({ katello: null, instance: null }));
    world.katello.counts = {};

    await expectFailure(
      verify(world, { content }),
      'ContentMissing',
      'no content on the replacement',
    );
  });

  test('remembers across the change-over that the replacement was filled', async () => {
    const world = aRebuild();

    expect(await verify(world, { content: filled })).toMatchObject({
      status: 'waiting',
      filled: true,
    });
  });

  test('counts once per sync, however often the step is run', async () => {
    const world = aRebuild();
    await verify(world);
    await verify(world);
    await verify(world, { sync: { ...sync, taskId: 'task-next' } });

    expect(world.katello.started).toEqual(['count', 'count']);
  });

  test('keeps the launch hook open while Katello counts', async () => {
    const world = aRebuild();

    await verify(world);

    expect(world.heartbeats).toEqual(['i-new']);
  });

  test('keeps an extra instance that Auto Scaling launched waiting as well', async () => {
    const world = aRebuild({ incumbent: 'gone', replacement: 'InService' });
    world.add('i-extra', 'Pending:Wait');

    await verify(world);

    expect(world.heartbeats).toEqual(['i-extra']);
  });

  test('is shut without a restore point', async () => {
    const { world, content } = await counted();
    world.records.clear();

    await expectFailure(verify(world, { content }), 'BaselineMissing');
  });

  test('is shut to the baseline of another rebuild', async () => {
    const { world, content } = await counted();
    world.knownContent.set('baseline', aBaseline({ owner: 'another execution' }));

    await expectFailure(verify(world, { content }), 'BaselineMissing');
  });
});
