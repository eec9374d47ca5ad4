import { describe, expect, test } from '@jest/globals';
import { countBaseline } from '../../functions/steps/count-baseline.ts';
import { expectFailure } from '../contracts/failure.ts';
import { aBaseline, aRebuild, aReport, aRun, executionId } from './a-rebuild.ts';
import { perform } from './in-memory-ports.ts';
import type { World } from './world.ts';

type Answer = Record<string, unknown>;

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
