import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SmallWorld, serviceName } from './small-world.ts';

let world: SmallWorld;

beforeEach(() => {
  world = new SmallWorld();
  world.names.set(serviceName, [world.incumbent]);
});
afterEach(() => world.close());

const start = () => {
  const [job] = world.katello.jobs.start(world.katello.capsule(2));
  if (job === undefined) throw new Error('nothing was started');
  return job;
};

describe('a job through a proxy', () => {
  test('runs on while Foreman finds it on the machine that has it', async () => {
    const { task, run } = start();
    await world.pass(3 * 3600);
    expect(task).toMatchObject({ state: 'running', result: 'pending' });

    run.finish();
    expect(task).toMatchObject({ state: 'stopped', result: 'success' });
  });

  test('is lost within ten minutes once another machine answers', async () => {
    const { task } = start();
    world.names.set(serviceName, [world.replacement]);
    await world.pass(601);

    expect(task).toMatchObject({
      state: 'stopped',
      result: 'error',
      errors: ['Proxy task gone missing from the smart proxy'],
    });
  });

  test('can still end well on the machine that no longer answers, if that is soon', async () => {
    const { task, run } = start();
    world.names.set(serviceName, [world.replacement]);
    await world.pass(300);
    run.finish();

    expect(task.result).toBe('success');
  });

  test('never ends on a machine that is gone', async () => {
    const { task, run } = start();
    world.incumbent.alive = false;
    run.finish();
    expect(task.state).toBe('running');

    world.names.delete(serviceName);
    await world.pass(601);
    expect(task.result).toBe('error');
  });

  test('is not sent where nothing answers', () => {
    world.names.delete(serviceName);

    expect(world.katello.jobs.start(world.katello.capsule(2))).toEqual([]);
  });
});
