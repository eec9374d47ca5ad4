import { describe, expect, test } from '@jest/globals';
import { jobsAreDrained } from '../../../sandbox/invariants/jobs.ts';
import type { SimulatedWorld } from '../../../sandbox/world/world.ts';
import { beginningOf } from '../../statemachine/titles.ts';
import { anExecution, aSnapshot, aWorld, findingsOf } from './a-snapshot.ts';

interface Change {
  readonly waitedMinutes: number;
  readonly afterwards?: 'continue' | 'stop';
  readonly reason?: string;
  readonly seen?: object;
  readonly end?: boolean;
}

const incumbentOf = (world: SimulatedWorld) => {
  const [group] = world.aws.groups.values();
  const [member] = group?.members() ?? [];
  if (member === undefined) throw new Error('p1 has no instance');
  return member;
};

/** A replacement was let in some time after its admission began, while a job ran on the incumbent. */
const interrupt = async ({ waitedMinutes, reason = 'scheduled', seen, ...rest }: Change) => {
  const world = await aWorld();
  Object.assign(world.fleet, {
    jobs: { drainMinutes: 60, afterwards: rest.afterwards ?? 'continue' },
  });
  const capsule = world.katello.capsuleOf('p1');
  const jobs = capsule === undefined ? [] : world.startJobs(capsule);
  // One instance stands for both: the one that runs the jobs, and the one that was let in.
  const member = incumbentOf(world);
  const begunAt = Date.parse('2026-01-10T22:00:00Z');
  for (const { task } of jobs)
    Object.assign(task, { startedAt: begunAt - 1000, endedAt: rest.end === true ? begunAt : null });
  member.admittedAt = begunAt + waitedMinutes * 60_000;
  const run = {
    request: { proxy: 'p1', reason, imageId: null, instanceId: null },
    plan: {
      status: 'ready',
      incumbent: { id: member.id, privateIp: '10.0.0.1' },
      adopt: null,
      imageId: null,
      launchTemplate: { id: 'lt-1', version: '1' },
      capsuleId: 2,
      expectedSeconds: {},
    },
    launch: { status: 'ready', instanceId: member.id, privateIp: '10.0.0.2' },
  };
  const execution = anExecution({
    name: 'one',
    status: 'RUNNING',
    states: [[beginningOf('admit'), run]],
  });
  const holders = new Map([['p1', new Set([execution.arn])]]);
  return findingsOf(jobsAreDrained, aSnapshot(world, [execution], { holders, ...seen }));
};

const found = ['3 running jobs were interrupted too early'];

describe('jobs', () => {
  test('are interrupted too early before their time is over', async () => {
    expect(await interrupt({ waitedMinutes: 30 })).toEqual(found);
  });

  test('may be interrupted after it, where the fleet file says so', async () => {
    expect(await interrupt({ waitedMinutes: 60 })).toEqual([]);
    expect(await interrupt({ waitedMinutes: 60, afterwards: 'stop' })).toEqual(found);
  });

  test.each<[string, Omit<Change, 'waitedMinutes'>]>([
    ['have ended before', { end: true }],
    ['meet a heal', { reason: 'heal' }],
    ['meet a fault that took a machine', { seen: { disturbed: new Set(['p1']) } }],
    ['meet old answers of Katello', { seen: { misledBy: new Set(['katello']) } }],
  ])('are not when they %s', async (_name, change) => {
    expect(await interrupt({ waitedMinutes: 30, ...change })).toEqual([]);
  });
});
