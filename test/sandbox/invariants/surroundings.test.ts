import { describe, expect, test } from '@jest/globals';
import { candidateDescription } from '../../../functions/domain/derived-id.ts';
import { resourceNames } from '../../../functions/domain/resource-names.ts';
import type { SimulatedExecution } from '../../../sandbox/engine/execution.ts';
import type { Json, StateEvent } from '../../../sandbox/engine/state-event.ts';
import { imagesInUseAreKept, noSecretLeaks } from '../../../sandbox/invariants/always.ts';
import {
  noOrphanedCandidate,
  noOrphanedSnapshot,
  verifiedImageIsPublished,
} from '../../../sandbox/invariants/at-rest.ts';
import {
  foreignTasksUntouched,
  oneSyncAtATime,
} from '../../../sandbox/invariants/katello-tasks.ts';
import type { SimulatedTask } from '../../../sandbox/katello/task.ts';
import { secrets } from '../../../sandbox/world/deployed-fleet.ts';
import type { SimulatedWorld } from '../../../sandbox/world/world.ts';
import { taskOf } from '../../statemachine/titles.ts';
import { anExecution, aSnapshot, aWorld, findingsOf, remember } from './a-snapshot.ts';

const following = taskOf('rebuild-proxy', 'checkSync');

describe('secrets', () => {
  test('are found in the history of an execution, and in the header of a request', async () => {
    const world = await aWorld();
    const { login, token } = secrets;
    const header = Buffer.from(`${login}:${token}`).toString('base64');
    const told = anExecution({ name: 'told', states: [[following, { note: token }]] });
    const quiet = anExecution({ name: 'quiet', states: [[following, { note: login }]] });
    const logLines = [`authorization: Basic ${header}`];

    expect(findingsOf(noSecretLeaks, aSnapshot(world, [told, quiet], { logLines }))).toEqual([
      'told contains a secret',
      'a log line contains a secret',
    ]);
    expect(findingsOf(noSecretLeaks, aSnapshot(world, [], { logLines: [login] }))).toEqual([]);
  });

  test('are found in what a task has made of its input, whatever came after it', async () => {
    const said: StateEvent = {
      at: new Date(0),
      kind: 'exited',
      state: following,
      stateType: 'Task',
      data: { failure: { Error: 'KatelloRefused', Cause: secrets.token } },
    };
    const history = [said, { ...said, stateType: 'Succeed', data: null }];
    const told = { ...anExecution({ name: 'told' }), history } as SimulatedExecution;

    expect(findingsOf(noSecretLeaks, aSnapshot(await aWorld(), [told]))).toEqual([
      'told contains a secret',
    ]);
  });
});

describe('images', () => {
  test('that the fleet publishes stay', async () => {
    const world = await aWorld();
    expect(findingsOf(imagesInUseAreKept, aSnapshot(world))).toEqual([]);

    const parameter = resourceNames.currentImageParameter(world.fleet.fleet);
    world.aws.parameters.put(parameter, 'ami-gone');
    expect(findingsOf(imagesInUseAreKept, aSnapshot(world))).toEqual([
      'image ami-gone is in use but deregistered',
    ]);
  });

  test('take their snapshots with them', async () => {
    const world = await aWorld();
    const imageId = world.aws.images.add({ tags: {} });
    expect(findingsOf(noOrphanedSnapshot, aSnapshot(world))).toEqual([]);

    world.aws.images.deregister(imageId, false);
    expect(findingsOf(noOrphanedSnapshot, aSnapshot(world))).toEqual([
      expect.stringMatching(/^snapshot snap-\w+ outlived its image$/),
    ]);
  });

  test('may leave a snapshot that was not allowed to go, until images are pruned again', async () => {
    const world = await aWorld();
    world.aws.images.deregister(world.aws.images.add({ tags: {} }), false);
    const denied = (at: Date) =>
      world.aws.iam.deniedActions.set('ec2:DeleteSnapshot', at.getTime());
    const pruned = anExecution({ name: 'pruned', machine: 'rebuild-fleet' });
    const at = new Date('2026-01-10T22:00:00Z');
    const left = (data: Json): StateEvent => ({
      at,
      kind: 'exited',
      state: taskOf('rebuild-fleet', 'pruneImages'),
      stateType: 'Task',
      data,
    });
    const findings = (data: Json) => {
      const execution = { ...pruned, history: [left(data)] } as unknown as SimulatedExecution;
      return findingsOf(noOrphanedSnapshot, aSnapshot(world, [execution]));
    };

    denied(new Date(at.getTime() + 1000));
    expect(findings({ pruning: { removed: [] } })).toEqual([]);
    denied(new Date(at.getTime() - 1000));
    expect(findings({ pruningFailure: { Error: 'AwsForbids', Cause: 'denied' } })).toEqual([]);
    expect(findings({ pruning: { removed: [] } })).toHaveLength(1);
  });

  test('that were verified are published', async () => {
    const world = await aWorld();
    const [instanceId = ''] = world.machines.all().map(({ id }) => id);
    const lastRebuild = {
      at: '2026-01-10T22:00:00.000Z',
      imageId: 'ami-x',
      instanceId,
      certificateExpiresAt: null,
    };
    remember(world, { lastRebuild });
    expect(findingsOf(verifiedImageIsPublished, aSnapshot(world))).toEqual([]);

    const parameter = resourceNames.proxyImageParameter(world.fleet.fleet, 'p1');
    world.aws.parameters.put(parameter, 'ami-other');
    expect(findingsOf(verifiedImageIsPublished, aSnapshot(world))).toEqual([
      expect.stringContaining('would launch from ami-other'),
    ]);
  });

  test('leave no candidate version of a launch template', async () => {
    const world = await aWorld();
    expect(findingsOf(noOrphanedCandidate, aSnapshot(world))).toEqual([]);

    world.aws.templates.create(world.proxies.get('p1')?.templateId ?? '', {
      sourceVersion: '1',
      imageId: 'ami-x',
      description: candidateDescription('a rebuild'),
      clientToken: undefined,
    });
    expect(findingsOf(noOrphanedCandidate, aSnapshot(world))).toEqual([
      '1 candidate versions left over',
    ]);
  });
});

describe('tasks of Katello', () => {
  const add = (world: SimulatedWorld, changes: Partial<SimulatedTask>): void => {
    const [capsule] = world.katello.capsules;
    if (capsule === undefined) throw new Error('the world has a capsule');
    const run = { cancel: () => true, halt: () => true, interrupt: () => undefined };
    const task: SimulatedTask = {
      id: `task-${world.katello.tasks.newestFirst().length}`,
      label: 'Actions::Katello::CapsuleContent::Sync',
      action: '',
      username: secrets.login,
      startedAt: 1,
      capsule,
      steps: 8,
      isLinked: true,
      input: {},
      endedAt: null,
      state: 'running',
      result: 'pending',
      progress: 0,
      errors: [],
      ...changes,
    };
    world.katello.tasks.add(task, run);
  };

  test('of ours run one at a time', async () => {
    const world = await aWorld();
    add(world, { startedAt: 1 });
    add(world, { startedAt: 1 });
    expect(findingsOf(oneSyncAtATime, aSnapshot(world))).toEqual([]);

    add(world, { startedAt: 2 });
    expect(findingsOf(oneSyncAtATime, aSnapshot(world))).toEqual([
      '2 of our syncs run at the same time',
    ]);
    const late = aSnapshot(world, [], { misledBy: new Set(['katello']) });
    expect(findingsOf(oneSyncAtATime, late)).toEqual([]);
  });

  test('of others are not stopped', async () => {
    const world = await aWorld();
    add(world, { username: 'foreman_admin', state: 'stopped', result: 'success' });
    expect(findingsOf(foreignTasksUntouched, aSnapshot(world))).toEqual([]);

    add(world, {
      username: 'foreman_admin',
      state: 'stopped',
      result: 'warning',
      errors: ['Task canceled'],
    });
    expect(findingsOf(foreignTasksUntouched, aSnapshot(world))).toEqual([
      '1 tasks that others started were stopped',
    ]);
  });
});
