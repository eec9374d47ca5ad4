import { describe, expect, test } from '@jest/globals';
import { NamedFailure } from '../../functions/domain/failures.ts';
import { verifyContent } from '../../functions/steps/verify-content.ts';
import { expectFailure } from '../contracts/failure.ts';
import { aBaseline, aRebuild, aReport, aRun, filledContent } from './a-rebuild.ts';
import { perform } from './in-memory-ports.ts';
import type { World } from './world.ts';

type Answer = Record<string, unknown>;

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

    expect(await verify(world, { content: filledContent })).toMatchObject({
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
