import { describe, expect, test } from '@jest/globals';
import { SimulatedExecution } from '../../../sandbox/engine/execution.ts';
import { Kernel } from '../../../sandbox/kernel/kernel.ts';
import type { Scope } from '../../../statemachine/asl.ts';

const roundAndRound: Scope = {
  StartAt: 'There',
  States: {
    There: { Type: 'Pass', Parameters: {}, Next: 'Back' },
    Back: { Type: 'Pass', Parameters: {}, Next: 'There' },
  },
};

describe('an execution in an endless loop', () => {
  test('fails once its history is full, as Step Functions has it', async () => {
    const ended: string[] = [];
    const execution = new SimulatedExecution(
      {
        machine: 'rebuild-proxy',
        stateMachineArn: 'arn:aws:states:eu-central-1:123456789012:stateMachine:rebuild-proxy',
        name: 'circles',
        input: {},
        interrupted: null,
      },
      {
        definition: roundAndRound,
        kernel: new Kernel(1),
        runTask: () => Promise.resolve(null),
        watcher: {
          entered: () => undefined,
          retried: () => undefined,
          ended: ({ name }) => ended.push(name),
        },
      },
    );

    await execution.run();

    expect(execution).toMatchObject({
      status: 'FAILED',
      error: { cause: expect.stringContaining('25000') },
    });
    expect(execution.history.length).toBeLessThan(25_100);
    expect(ended).toEqual(['circles']);
  });
});
