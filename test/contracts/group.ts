import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { GroupInstance, GroupPort } from '../../functions/ports/group.ts';
import type { Awaitable } from './awaitable.ts';
import { expectFailure } from './failure.ts';

/** A group of sizes 1/2/1 with a launch hook and one instance in service. */
export interface GroupWorld {
  readonly groups: GroupPort;
  readonly groupName: string;
  readonly servingId: string;
  /** Makes the next launches fail. */
  readonly failLaunches: (times: number) => void;
  readonly pass: (seconds: number) => Promise<void>;
  readonly end: () => void;
}

export const groupContract = (makeWorld: () => Awaitable<GroupWorld>): void => {
  describe('a GroupPort', () => {
    let world: GroupWorld;
    beforeEach(async () => {
      world = await makeWorld();
    });
    afterEach(() => world.end());

    const read = () => world.groups.read(world.groupName);
    const instance = async (id: string): Promise<GroupInstance | undefined> =>
      (await read()).instances.find((one) => one.id === id);
    const stateOf = async (id: string) => (await instance(id))?.lifecycleState;

    const launchSecond = async (): Promise<string> => {
      const group = await read();
      await world.groups.change(group, { sizes: { min: 1, max: 2, desired: 2 } });
      await world.pass(120);
      const second = (await read()).instances.find(({ id }) => id !== world.servingId);
      return second?.id ?? 'none';
    };

    test('reads sizes, template, target groups and instances', async () => {
      const group = await read();

      expect(group.sizes).toEqual({ min: 1, max: 2, desired: 1 });
      expect(group.launchTemplate.version).toBe('1');
      expect(group.targetGroupArns.length).toBeGreaterThan(0);
      expect(group.instances).toEqual([
        {
          id: world.servingId,
          lifecycleState: 'InService',
          healthy: true,
          launchTemplate: group.launchTemplate,
          protectedFromScaleIn: false,
        },
      ]);
    });

    test('refuses to read a group that does not exist', async () => {
      await expectFailure(world.groups.read('no-such-group'), 'AwsRefused', 'no-such-group');
    });

    test('refuses sizes that contradict each other', async () => {
      const change = world.groups.change(await read(), { sizes: { min: 1, max: 2, desired: 3 } });

      await expectFailure(change, 'AwsRefused', /UpdateAutoScalingGroup.*Desired capacity:3/);
    });

    test('launches one more, which waits in its hook until it is admitted', async () => {
      const second = await launchSecond();
      expect(await stateOf(second)).toBe('Pending:Wait');

      await world.groups.admit(world.groupName, second);
      await world.pass(60);

      expect(await stateOf(second)).toBe('InService');
    });

    test('rejects what waits in its hook', async () => {
      const second = await launchSecond();
      await world.groups.change(await read(), { sizes: { min: 1, max: 2, desired: 1 } });
      await world.groups.abandon(world.groupName, second);
      await world.pass(600);

      expect((await read()).instances.map(({ id }) => id)).toEqual([world.servingId]);
    });

    test('takes a hook that is closed already for admitted and for kept', async () => {
      await world.groups.admit(world.groupName, world.servingId);
      await world.groups.abandon(world.groupName, world.servingId);
      await world.groups.heartbeat(world.groupName, world.servingId);

      expect(await stateOf(world.servingId)).toBe('InService');
    });

    test('keeps a hook open beyond its time-out', async () => {
      const second = await launchSecond();

      for (let hour = 0; hour < 3; hour += 1) {
        await world.groups.heartbeat(world.groupName, second);
        await world.pass(3000);
      }
      expect(await stateOf(second)).toBe('Pending:Wait');

      await world.pass(3700);
      expect(await stateOf(second)).toBe('InService');
    });

    test('moves an instance to Standby and back, without asking twice', async () => {
      const second = await launchSecond();
      await world.groups.admit(world.groupName, second);
      await world.pass(60);

      await world.groups.enterStandby(world.groupName, world.servingId);
      await world.groups.enterStandby(world.groupName, world.servingId);
      await world.pass(600);
      expect(await stateOf(world.servingId)).toBe('Standby');
      expect((await read()).sizes.desired).toBe(1);

      await world.groups.exitStandby(world.groupName, world.servingId);
      await world.groups.exitStandby(world.groupName, world.servingId);
      await world.pass(60);
      expect(await stateOf(world.servingId)).toBe('InService');
      expect((await read()).sizes.desired).toBe(2);
    });

    test('refuses a Standby below the minimum', async () => {
      const standby = world.groups.enterStandby(world.groupName, world.servingId);

      await expectFailure(standby, 'AwsRefused', /EnterStandby.*min-size=1/);
    });

    test('refuses to terminate below the minimum', async () => {
      const terminate = world.groups.terminate(world.servingId, { decrement: true });

      await expectFailure(terminate, 'AwsRefused', /desiredSize equals minSize/);
    });

    test('terminates an instance, however often it is asked', async () => {
      const second = await launchSecond();

      await world.groups.terminate(second, { decrement: true });
      await world.groups.terminate(second, { decrement: true });
      await world.pass(600);
      await world.groups.terminate(second, { decrement: true });

      expect((await read()).sizes.desired).toBe(1);
      expect((await read()).instances.map(({ id }) => id)).toEqual([world.servingId]);
    });

    test('suspends and resumes exactly the processes that are named', async () => {
      await world.groups.suspend(world.groupName, ['AZRebalance', 'AlarmNotification']);
      await world.groups.suspend(world.groupName, []);
      await world.groups.resume(world.groupName, []);
      await world.groups.resume(world.groupName, ['AlarmNotification']);

      expect((await read()).suspendedProcesses).toEqual(['AZRebalance']);
    });

    test('protects an instance and lifts its protection', async () => {
      await world.groups.protect(world.groupName, world.servingId, true);
      expect((await instance(world.servingId))?.protectedFromScaleIn).toBe(true);

      await world.groups.protect(world.groupName, world.servingId, false);
      expect((await instance(world.servingId))?.protectedFromScaleIn).toBe(false);
    });

    test('lists the launches that failed since a given time, newest first', async () => {
      world.failLaunches(2);
      await launchSecond();
      const messages = await world.groups.failedLaunches(world.groupName, new Date(0));

      expect(messages).toHaveLength(2);
      expect(messages[0]).toMatch('InsufficientInstanceCapacity');
      const later = new Date('2100-01-01T00:00:00Z');
      expect(await world.groups.failedLaunches(world.groupName, later)).toEqual([]);
    });
  });
};
