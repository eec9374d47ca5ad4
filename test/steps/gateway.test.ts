import { describe, expect, test } from '@jest/globals';
import type { ReportedGateway } from '../../functions/domain/content-report.ts';
import type { ReportAnswer } from '../../functions/ports/content-reports.ts';
import { countBaseline } from '../../functions/steps/count-baseline.ts';
import { startSync } from '../../functions/steps/start-sync.ts';
import { verifyContent } from '../../functions/steps/verify-content.ts';
import { expectFailure } from '../contracts/failure.ts';
import { aBaseline, aRebuild, aReport, aRun, filledContent } from './a-rebuild.ts';
import { perform } from './in-memory-ports.ts';
import type { World } from './world.ts';

type Answer = Record<string, unknown>;

const known = { repositories: ['org/closed', 'org/open'], public: ['org/open'] };
const complete: ReportedGateway = { ...known, unknown: [], newestRow: 7, refusal: null };
const lacking: ReportedGateway = {
  repositories: [],
  public: [],
  unknown: ['org/closed', 'org/open'],
  newestRow: 0,
  refusal: null,
};

const reportWith = (id: string, gateway: ReportedGateway | null): ReportAnswer => {
  const answer = aReport(id);
  return answer.status === 'done' ? { ...answer, report: { ...answer.report, gateway } } : answer;
};

const baseline = (usesGateway: boolean) => ({
  status: 'ready',
  countTaskId: null,
  report: null,
  usesGateway,
});

const sync = {
  status: 'ready',
  taskId: 'task-0',
  scope: 'complete',
  attempt: 1,
  startedAt: '2026-11-02T11:00:00.000Z',
  progress: 1,
};

const aGatewayRebuild = (gateway: ReportedGateway | null, before = known): World => {
  const world = aRebuild();
  world.knownContent.set('baseline', aBaseline({ gateway: before }));
  world.reports.set('i-new', reportWith('i-new', gateway));
  return world;
};

type Stage = 'fill' | 'changeover';
const began = { fill: { fill: 9 }, changeover: { fill: 99, changeover: 9 } } as const;
const filledAt = (gatewayRow: number | null) => ({ ...filledContent, gatewayRow });

/** Asks both witnesses, and judges what they have answered. */
const verify = async (world: World, stage: Stage, changes: object = {}): Promise<Answer> => {
  const once = async (more: object): Promise<Answer> => {
    const run = { baseline: baseline(true), sync, ...changes, ...more };
    return Object(await perform(world, verifyContent, aRun(world, began[stage], run)));
  };
  const content = await once({});
  world.katello.move('task-1', 'stopped', 'success');
  return once({ content });
};

describe('the container gateway of a replacement that does not serve yet', () => {
  test('learns which repositories need no login, as the incumbent had it', async () => {
    const world = aGatewayRebuild(complete);

    expect(await verify(world, 'fill')).toMatchObject({ status: 'ready', gatewayRow: 7 });
    expect(world.gatewaysTold).toEqual([['org/open']]);
  });

  test('opens nothing on the word of an earlier rebuild', async () => {
    const world = aGatewayRebuild(complete);
    world.knownContent.set('baseline', aBaseline({ isFresh: false, gateway: known }));

    await verify(world, 'fill');

    expect(world.gatewaysTold).toEqual([[]]);
  });

  test('keeps the replacement out of service while it lacks what its Pulp serves', async () => {
    const world = aGatewayRebuild(lacking);

    await expectFailure(verify(world, 'fill'), 'GatewayIncomplete', 'org/closed, org/open');
    expect(world.knownContent.get('verified')).toBeUndefined();
  });

  test('keeps it out of service as well when there is none', async () => {
    await expectFailure(verify(aGatewayRebuild(null), 'fill'), 'GatewayIncomplete', 'i-new has no');
  });

  test('may refuse twice', async () => {
    const world = aGatewayRebuild({ ...lacking, refusal: 'PUT answered 503' });
    const refused = await verify(world, 'fill');
    expect(refused).toMatchObject({ status: 'waiting', report: { failures: 1 } });
    world.reports.set('i-new', reportWith('i-new', complete));
    const run = { baseline: baseline(true), sync };
    const asked = await perform(
      world,
      verifyContent,
      aRun(world, began.fill, { ...run, content: refused }),
    );
    const answer = await perform(
      world,
      verifyContent,
      aRun(world, began.fill, { ...run, content: asked }),
    );

    expect(answer).toMatchObject({ status: 'ready', gatewayRow: 7 });
  });

  test('that refuses for good is named, with its reason', async () => {
    const world = aGatewayRebuild({ ...lacking, refusal: 'PUT answered 403 Forbidden' });
    const report = { commandId: 'report-3', since: world.now.toISOString(), failures: 2 };
    const content = { ...filledAt(null), status: 'waiting', waitSeconds: 20, waitingFor: '' };

    await expectFailure(
      verify(world, 'fill', { content: { ...content, report } }),
      'GatewayIncomplete',
      '403 Forbidden',
    );
  });

  test('is left alone where clients pull no images', async () => {
    const world = aGatewayRebuild(lacking);

    expect(await verify(world, 'fill', { baseline: baseline(false) })).toMatchObject({
      status: 'ready',
    });
    expect(world.gatewaysTold).toEqual([]);
  });
});

describe('the container gateway after the change-over', () => {
  test('is left to Katello', async () => {
    const world = aGatewayRebuild({ ...complete, newestRow: 9 });

    expect(await verify(world, 'changeover', { content: filledAt(7) })).toMatchObject({
      status: 'ready',
    });
    expect(world.gatewaysTold).toEqual([]);
  });

  test.each([
    ["Katello's list never came", complete, 7],
    ['it never got a list', lacking, null],
    ['it lost its list', lacking, 7],
  ])('asks for another push when %s', async (_what, gateway, row) => {
    const world = aGatewayRebuild(gateway);

    expect(await verify(world, 'changeover', { content: filledAt(row) })).toMatchObject({
      status: 'again',
      filled: true,
      gatewayRow: gateway.newestRow,
    });
    expect(world.knownContent.get('verified')).toBeUndefined();
  });

  test('believes Katello, which may have taken a repository away', async () => {
    const world = aGatewayRebuild({ ...complete, unknown: ['org/gone'], newestRow: 9 });

    expect(await verify(world, 'changeover', { content: filledAt(7) })).toMatchObject({
      status: 'ready',
    });
  });

  test('fails the rebuild when three syncs did not bring the list', async () => {
    const world = aGatewayRebuild(complete);
    const changes = { content: filledAt(7), sync: { ...sync, attempt: 3 } };

    await expectFailure(
      verify(world, 'changeover', changes),
      'GatewayIncomplete',
      'has not reached',
    );
  });

  test('gets its other push by a light sync of its own', async () => {
    const world = aGatewayRebuild(complete);
    const again = { ...filledAt(7), status: 'again', waitSeconds: 60, waitingFor: '' };
    const run = aRun(world, began.changeover, { sync, content: again });

    expect(await perform(world, startSync, run)).toMatchObject({ attempt: 2, scope: 'light' });
    expect(await perform(world, startSync, run)).toMatchObject({ attempt: 2 });
    expect(world.katello.started).toEqual(['light sync']);
  });
});

describe('the baseline', () => {
  const count = async (world: World): Promise<Answer> => {
    const first = Object(await perform(world, countBaseline, aRun(world, { inspect: 0 })));
    world.katello.move('task-1', 'stopped', 'success');
    const run = aRun(world, { inspect: 0 }, { baseline: first });
    return Object(await perform(world, countBaseline, run));
  };

  test('has what the gateway of the incumbent knows', async () => {
    const world = aRebuild();
    world.reports.set('i-old', reportWith('i-old', complete));

    expect(await count(world)).toMatchObject({ usesGateway: true });
    expect(world.knownContent.get('baseline')).toMatchObject({ gateway: known });
  });

  test.each([null, { ...complete, repositories: [], public: [] }])(
    'needs no gateway where the incumbent has served nothing through one: %j',
    async (gateway) => {
      const world = aRebuild();
      world.reports.set('i-old', reportWith('i-old', gateway));

      expect(await count(world)).toMatchObject({ usesGateway: false });
    },
  );
});
