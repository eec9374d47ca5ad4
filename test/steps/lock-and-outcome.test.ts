import { describe, expect, test } from '@jest/globals';
import { emptyRecord } from '../../functions/domain/record.ts';
import { admitInEmergency } from '../../functions/steps/admit-in-emergency.ts';
import { announceOutcome } from '../../functions/steps/announce-outcome.ts';
import { examineLock } from '../../functions/steps/examine-lock.ts';
import { readRequest } from '../../functions/steps/read-request.ts';
import { settleProxy } from '../../functions/steps/settle-proxy.ts';
import { expectFailure } from '../contracts/failure.ts';
import { aProxyAtRest, aRebuild, aRestorePoint, aRun, executionId } from './a-rebuild.ts';
import { perform } from './in-memory-ports.ts';
import type { World } from './world.ts';

describe('a request', () => {
  test('is read before anything is touched', async () => {
    const world = aProxyAtRest();

    expect(await perform(world, readRequest, { request: { proxy: 'berlin' } })).toMatchObject({
      proxy: 'berlin',
      reason: 'manual',
    });
    expect(world.writes).toBe(0);
  });

  test.each<[string, unknown, string]>([
    [
      'for an unknown proxy',
      { proxy: 'rome' },
      'fleet europe has no proxy "rome". Proxies: berlin',
    ],
    ['without a proxy', {}, 'proxy: is missing'],
  ])('%s is refused', async (_name, request, text) => {
    await expectFailure(perform(aProxyAtRest(), readRequest, { request }), 'BadRequest', text);
  });
});

describe('a rollback that names only the interrupted execution', () => {
  const rollback = (interrupted: string) => ({
    reason: 'rollback',
    attempt: '1 of 3',
    interrupted,
  });
  const read = (inputs: Readonly<Record<string, string>>, interrupted: string) => {
    const world = aProxyAtRest();
    for (const [arn, input] of Object.entries(inputs)) world.inputs.set(arn, input);
    return perform(world, readRequest, { request: rollback(interrupted) });
  };

  test('is about the proxy of that execution', async () => {
    expect(await read({ 'arn:one': '{"proxy": "berlin"}' }, 'arn:one')).toEqual({
      proxy: 'berlin',
      reason: 'rollback',
      imageId: null,
      instanceId: null,
      interrupted: 'arn:one',
    });
  });

  test('follows rollbacks to the rebuild', async () => {
    const inputs = {
      'arn:rebuild': '{"proxy": "berlin", "reason": "scheduled"}',
      'arn:first': JSON.stringify(rollback('arn:rebuild')),
      'arn:second': JSON.stringify(rollback('arn:first')),
    };

    expect(await read(inputs, 'arn:second')).toMatchObject({
      proxy: 'berlin',
      interrupted: 'arn:second',
    });
  });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['that Step Functions has forgotten', {}, 'Step Functions has no execution arn:one'],
    [
      'whose input is not JSON',
      { 'arn:one': 'proxy' },
      'the input of arn:one does not name a proxy',
    ],
    [
      'whose input is not an object',
      { 'arn:one': '7' },
      'the input of arn:one does not name a proxy',
    ],
    ['whose input names none', { 'arn:one': '{}' }, 'the input of arn:one does not name a proxy'],
    [
      'that follows itself',
      { 'arn:one': '{"interrupted": "arn:one"}' },
      'no proxy is named by 8 executions',
    ],
    ['of an unknown proxy', { 'arn:one': '{"proxy": "rome"}' }, 'has no proxy "rome"'],
  ])('%s is refused', async (_name, inputs, text) => {
    await expectFailure(read(inputs, 'arn:one'), 'BadRequest', text);
  });

  test('is refused with the words that start a rollback by hand', async () => {
    const advice = 'name the proxy instead, such as {"proxy": "eu-north", "reason": "rollback"}';

    await expectFailure(read({}, 'arn:one'), 'BadRequest', advice);
  });
});

describe('a lock that could not be taken', () => {
  const examine = (world: World) => perform(world, examineLock, aRun(world));
  const lockedBy = (executionArn: string): World => {
    const world = aProxyAtRest();
    world.lock = { executionArn, reason: 'heal', takenAt: new Date('2026-11-02T10:00:00Z') };
    return world;
  };

  test('is held while its owner runs, and says since when', async () => {
    const world = lockedBy('arn:other');
    world.executions = [{ arn: 'arn:other', startedAt: world.now }];

    expect(await examine(world)).toEqual({
      status: 'held',
      owner: 'arn:other',
      failure: {
        Error: 'RebuildInProgress',
        Cause: 'arn:other (heal) has held the lock of berlin since 2026-11-02T10:00:00.000Z',
      },
    });
  });

  test('is abandoned when its owner runs no more', async () => {
    expect(await examine(lockedBy('arn:other'))).toMatchObject({
      status: 'abandoned',
      owner: 'arn:other',
    });
  });

  test('is abandoned when the event says that its owner has ended, whatever a late answer says', async () => {
    const world = lockedBy('arn:other');
    world.executions = [{ arn: 'arn:other', startedAt: world.now }];
    const run = aRun(world, {}, { request: { reason: 'rollback', interrupted: 'arn:other' } });

    expect(await perform(world, examineLock, run)).toMatchObject({ status: 'abandoned' });
  });

  test('is free when nobody holds it, or this execution does', async () => {
    expect(await examine(aProxyAtRest())).toMatchObject({ status: 'free' });
    expect(await examine(lockedBy(executionId))).toMatchObject({ status: 'free' });
  });
});

describe('when Auto Scaling launches beside a running rebuild', () => {
  const relieve = (world: World, request: object = {}) =>
    perform(world, admitInEmergency, aRun(world, {}, { request: { reason: 'heal', ...request } }));

  test('nothing is done while anything serves', async () => {
    const world = aRebuild();
    world.boots.set('i-new', { status: 'done', certificate: null });

    expect(await relieve(world)).toMatchObject({ admitted: null });
    expect(world.writes).toBe(0);
  });

  test('an incumbent that stands by comes back first', async () => {
    const world = aRebuild({ incumbent: 'Standby' });
    world.boots.set('i-new', { status: 'done', certificate: null });

    expect(await relieve(world)).toMatchObject({ admitted: 'i-old' });
  });

  test('a provisioned replacement is better than nothing', async () => {
    const world = aRebuild({ incumbent: 'gone' });
    world.boots.set('i-new', { status: 'done', certificate: null });

    expect(await relieve(world)).toMatchObject({ admitted: 'i-new' });
    expect(world.instance('i-new').lifecycleState).toBe('Pending:Proceed');
  });

  test('a machine that still boots is not admitted', async () => {
    const world = aRebuild({ incumbent: 'gone' });
    world.boots.set('i-new', { status: 'running', step: 'installer' });

    expect(await relieve(world)).toMatchObject({ admitted: null });
  });
});

describe('a heal beside a running rebuild', () => {
  const look = (world: World, instanceId: string) =>
    perform(world, admitInEmergency, aRun(world, {}, { request: { reason: 'heal', instanceId } }));
  const beside = (): World => {
    const world = aRebuild();
    world.add('i-more', 'Pending:Wait');
    return world;
  };

  test('waits for the lock when the instance belongs to no rebuild', async () => {
    expect(await look(beside(), 'i-more')).toEqual({
      status: 'waiting',
      waitSeconds: 60,
      waitingFor: 'another rebuild holds the lock and i-more does not belong to it',
      admitted: null,
    });
  });

  test('waits the longer the longer it has waited, but never over half an hour', async () => {
    const world = beside();

    world.pass(1200);
    expect(await look(world, 'i-more')).toMatchObject({ waitSeconds: 300 });
    world.pass(86_400);
    expect(await look(world, 'i-more')).toMatchObject({ waitSeconds: 1800 });
  });

  test('looks again soon while nothing serves', async () => {
    const world = beside();
    world.remove('i-old');

    expect(await look(world, 'i-more')).toMatchObject({ status: 'waiting', waitSeconds: 30 });
  });

  test('leaves alone what the rebuild has launched', async () => {
    const world = beside();
    world.add('i-its-own', 'Pending:Wait', { tags: { 'smart-proxy-rebuilder:rebuild': 'run-1' } });

    expect(await look(world, 'i-its-own')).toMatchObject({ status: 'taken-care-of' });
  });

  test.each(['Terminating', 'Terminating:Wait'] as const)(
    'leaves alone what is %s',
    async (state) => {
      const world = beside();
      world.instance('i-more').lifecycleState = state;

      expect(await look(world, 'i-more')).toMatchObject({ status: 'taken-care-of' });
    },
  );

  test('leaves alone what is gone', async () => {
    expect(await look(beside(), 'i-none')).toMatchObject({ status: 'taken-care-of' });
  });
});

describe('settling', () => {
  const settle = (world: World, plan: object = {}, changes: object = {}) =>
    perform(world, settleProxy, aRun(world, { launch: 300, settle: 60 }, { plan, ...changes }));
  const alone = (): World => {
    const world = aRebuild({ replacement: 'InService', incumbent: 'gone' });
    world.resize(1);
    world.instance('i-new').protectedFromScaleIn = true;
    return world;
  };

  test('publishes the image of the proxy and puts the group in order', async () => {
    const world = alone();

    expect(await settle(world)).toEqual({ status: 'ready' });

    expect(world.imageParameters.get('/smart-proxy-rebuilder/europe/images/proxies/berlin')).toBe(
      'ami-2',
    );
    expect(world.group).toMatchObject({
      sizes: { min: 1, max: 2, desired: 1 },
      suspendedProcesses: [],
      launchTemplate: { version: '1' },
    });
    expect(world.instance('i-new').protectedFromScaleIn).toBe(false);
    expect(world.templateVersions.size).toBe(0);
  });

  test('remembers the rebuild and what it took', async () => {
    const world = alone();

    await settle(world);

    expect(world.record()).toMatchObject({
      restorePoint: null,
      durationsSeconds: { launch: [240], settle: [60] },
      lastRebuild: {
        at: world.now.toISOString(),
        imageId: 'ami-1',
        instanceId: 'i-new',
        certificateExpiresAt: '2046-11-02T12:00:00Z',
      },
    });
  });

  test('remembers what was compared of the content, for the next plan', async () => {
    const world = alone();
    const proven = { on_demand: 24, immediate: 2 };
    const content = {
      status: 'ready',
      countTaskId: null,
      report: null,
      filled: true,
      gatewayRow: null,
      proven,
    };

    await settle(world, {}, { content });

    expect(world.record().lastRebuild?.proven).toEqual(proven);
  });

  test('leaves a refill that may still be paused for the next rebuild to stop', async () => {
    const world = alone();
    const refill = {
      owner: 'arn:earlier',
      capsuleId: 2,
      since: '2026-11-01T00:00:00Z',
      attempt: 1,
      taskId: 'task-1',
      isGivenUp: false,
    };
    world.records.set('berlin', { ...world.record(), refill });

    await settle(world);

    expect(world.record()).toMatchObject({
      refill: null,
      leftSyncs: [{ owner: 'arn:earlier', capsuleId: 2 }],
    });
  });

  test('run again finds nothing left to do, and learns nothing twice', async () => {
    const world = alone();
    await settle(world);
    const record = world.record();

    expect(await settle(world)).toEqual({ status: 'ready' });
    expect(world.record()).toEqual(record);
  });

  test('of a heal publishes no image', async () => {
    const world = alone();

    await settle(world, { imageId: null });

    expect(world.imageParameters.has('/smart-proxy-rebuilder/europe/images/proxies/berlin')).toBe(
      false,
    );
  });
});

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
