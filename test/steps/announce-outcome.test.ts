import { describe, expect, test } from '@jest/globals';
import { emptyRecord } from '../../functions/domain/record.ts';
import { announceOutcome } from '../../functions/steps/announce-outcome.ts';
import { expectFailure } from '../contracts/failure.ts';
import { aRebuild, aRestorePoint, aRun, executionId } from './a-rebuild.ts';
import { perform } from './in-memory-ports.ts';
import type { World } from './world.ts';

describe('the closing message', () => {
  const failure = { Error: 'SyncPaused', Cause: '{"errorMessage":"task 7 is paused"}' };
  const rollback = {
    status: 'ready',
    owner: executionId,
    survivor: 'i-old',
    isVerified: true,
    isBehind: false,
  };
  const announce = (world: World, changes: object = {}) =>
    perform(world, announceOutcome, { ...aRun(world), ...changes });
  const asked = (reason: string) => ({ proxy: 'berlin', reason, imageId: null, instanceId: null });

  test('is posted once, however often the step is run', async () => {
    const world = aRebuild();

    expect(await announce(world)).toEqual({ announced: true });
    expect(await announce(world)).toEqual({ announced: false });
    expect(world.posted.map(({ title }) => title)).toEqual(['berlin: rebuilt']);
  });

  test.each([
    [
      { status: 'waiting', waitSeconds: 900, waitingFor: '', taskId: 'task-9' },
      'i-old may lack what was published during the rebuild, until Katello has filled it again: task task-9',
    ],
    [
      undefined,
      'i-old may lack what was published during the rebuild; Katello has yet to be asked to fill it again, which the controller retries',
    ],
  ])('says what the old instance may lack: %j', async (refill, words) => {
    const world = aRebuild();

    await announce(world, { failure, rollback: { ...rollback, isBehind: true }, refill });

    expect(world.posted[0]?.facts).toContainEqual(['Content', words]);
  });

  test('is followed by another one once the refill has ended, posted once', async () => {
    const world = aRebuild();
    const refill = { status: 'ready', outcome: 'filled', owner: executionId, failure: null };
    const changes = {
      request: asked('rollback'),
      rollback: { ...rollback, owner: null, survivor: null },
      refill,
    };

    expect(await announce(world, changes)).toEqual({ announced: true });
    expect(await announce(world, changes)).toEqual({ announced: false });
    expect(world.posted.map(({ title }) => title)).toEqual([
      'berlin: filled again; it serves what was published during the failed rebuild',
    ]);
  });

  test('is followed by a warning when the refill has failed', async () => {
    const world = aRebuild();
    const refill = {
      status: 'ready',
      outcome: 'given-up',
      owner: executionId,
      failure: { name: 'SyncFailed', cause: 'task 9 ended stopped/error' },
    };

    await announce(world, {
      request: asked('rollback'),
      rollback: { ...rollback, owner: null, survivor: null },
      refill,
    });

    expect(world.posted).toMatchObject([
      {
        tone: 'warning',
        title: 'berlin: not filled again; it may lack what was published during the failed rebuild',
        facts: [
          ['Fleet', 'europe'],
          ['Failure', 'SyncFailed: task 9 ended stopped/error'],
          ['Next', 'the next sweep rebuilds the proxy'],
        ],
      },
    ]);
  });

  test('tells the failure that began it, and what serves', async () => {
    const world = aRebuild();

    await announce(world, { failure, rollback });

    expect(world.posted[0]).toMatchObject({ tone: 'warning' });
    expect(world.posted[0]?.facts).toEqual(
      expect.arrayContaining([
        ['Failure', 'SyncPaused: task 7 is paused'],
        ['Serving', 'i-old'],
        ['Took', '60 min'],
      ]),
    );
  });

  test.each([
    [undefined, 'warning', 'a.crt in certs.tar (CN=a) expires at 2026-11-12T00:00:00Z, '],
    // Whatever serves now, it is not the instance that reported it.
    [failure, 'warning', undefined],
  ])('of %j names a certificate that expires too early', async (failed, tone, text) => {
    const world = aRebuild();
    const certificate = { file: 'a.crt', subject: 'CN=a', expiresAt: '2026-11-12T00:00:00Z' };
    const provision = { status: 'ready', admitFirst: true, certificate };

    await announce(world, { provision, ...(failed && { failure: failed, rollback }) });

    expect(world.posted[0]).toMatchObject({ tone });
    const named = world.posted[0]?.facts.find(([label]) => label === 'Certificates')?.[1];
    expect(named?.slice(0, text?.length)).toBe(text);
  });

  test('says loudly when something could not be rolled back', async () => {
    const world = aRebuild();

    await announce(world, { failure, rollbackFailure: { Error: 'RollbackTimedOut', Cause: '' } });

    expect(world.posted[0]).toMatchObject({ tone: 'bad' });
  });

  test('of a rollback that failed does not close the rebuild that it followed', async () => {
    const world = aRebuild();
    const rollbackFailure = { Error: 'RollbackTimedOut', Cause: '' };

    await announce(world, { request: asked('rollback'), rollback, rollbackFailure });

    expect(world.posted[0]).toMatchObject({ tone: 'bad' });
    expect([...world.claims.keys()]).toEqual([`rollback-failed#${executionId}`]);
  });

  test('of a heal that found nothing to heal is silence', async () => {
    const world = aRebuild();

    expect(await announce(world, { request: asked('heal'), launch: undefined })).toEqual({
      announced: false,
    });
  });

  test('is posted although the plan was never made', async () => {
    const world = aRebuild();

    await announce(world, { failure, plan: { status: 'waiting' }, launch: { status: 'waiting' } });

    expect(world.posted).toHaveLength(1);
  });

  test('of a rollback closes the interrupted rebuild for everyone', async () => {
    const world = aRebuild();
    const cutOff = { ...rollback, owner: 'arn:cut-off' };

    await announce(world, { request: asked('rollback'), rollback: cutOff });

    expect(world.posted[0]?.title).toBe('berlin: rolled back after an interrupted rebuild or heal');
    expect([...world.claims.keys()]).toEqual(['closing#arn:cut-off']);
  });

  test('of a rollback that found nothing to undo is silence', async () => {
    const world = aRebuild();
    const nothing = { ...rollback, owner: null, survivor: null };

    expect(await announce(world, { request: asked('rollback'), rollback: nothing })).toEqual({
      announced: false,
    });
    expect(world.posted).toEqual([]);
  });

  test('of a rollback that has only let an instance in names it', async () => {
    const world = aRebuild();
    const letIn = {
      ...rollback,
      owner: null,
      survivor: 'i-hand',
      isVerified: false,
      isBehind: false,
    };

    await announce(world, { request: asked('rollback'), rollback: letIn });

    expect(world.posted[0]?.facts).toContainEqual([
      'Serving',
      expect.stringContaining('i-hand, never verified'),
    ]);
  });

  test('is tried again when Slack is down, and changes nothing else', async () => {
    const world = aRebuild();
    world.records.set('berlin', { ...emptyRecord, restorePoint: aRestorePoint() });
    world.slackIsDown = true;
    await expectFailure(announce(world), 'SlackUnavailable');
    world.slackIsDown = false;

    expect(await announce(world)).toEqual({ announced: true });
    expect(world.posted).toHaveLength(1);
    expect(world.writes).toBe(0);
  });
});
