import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ExecutionPort } from '../../functions/ports/executions.ts';
import type { Awaitable } from './awaitable.ts';
import { expectFailure } from './failure.ts';

/** A state machine that nobody has started yet. */
export interface ExecutionWorld {
  readonly executions: ExecutionPort;
  readonly stateMachineArn: string;
  readonly start: (name: string, input?: string) => Awaitable<string>;
  readonly stop: (executionArn: string) => Awaitable<void>;
  readonly end: () => void;
}

export const executionContract = (makeWorld: () => Awaitable<ExecutionWorld>): void => {
  describe('an ExecutionPort', () => {
    let world: ExecutionWorld;
    beforeEach(async () => {
      world = await makeWorld();
    });
    afterEach(() => world.end());

    test('tells a running execution from one that has ended or is unknown', async () => {
      const arn = await world.start('one');
      expect(await world.executions.isRunning(arn)).toBe(true);

      await world.stop(arn);

      expect(await world.executions.isRunning(arn)).toBe(false);
      expect(await world.executions.isRunning(`${arn}-of-nobody`)).toBe(false);
    });

    test('gives the input of an execution as it was written, also when that has ended', async () => {
      const input = '{ "proxy": "berlin" }';
      const arn = await world.start('one', input);
      await world.stop(arn);

      expect(await world.executions.inputOf(arn)).toBe(input);
      expect(await world.executions.inputOf(`${arn}-of-nobody`)).toBeNull();
    });

    test('lists all that run, on every page, and none that has ended', async () => {
      const arns = await Promise.all(
        Array.from({ length: 130 }, (_, index) => world.start(`execution-${index}`)),
      );
      await world.stop(arns[0] ?? '');

      const running = await world.executions.running(world.stateMachineArn);

      expect(running.map(({ arn }) => arn).sort()).toEqual(arns.slice(1).sort());
    });

    test('refuses a state machine that does not exist', async () => {
      const running = world.executions.running(`${world.stateMachineArn}-of-nobody`);

      await expectFailure(running, 'AwsRefused', 'StateMachineDoesNotExist');
    });
  });
};
