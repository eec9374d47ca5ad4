import { describe, expect, test } from '@jest/globals';
import { steps } from '../../functions/steps/register.ts';
import type { Step } from '../../functions/steps/step.ts';
import { expectFailure } from '../contracts/failure.ts';
import { aRebuild, aRun, filledContent } from './a-rebuild.ts';
import { perform } from './in-memory-ports.ts';

const underLock = Object.entries<Step>(steps).filter(([, step]) => step.underLock);
test('these change something of a proxy', () => {
  expect(underLock.map(([name]) => name)).toEqual([
    'admitReplacement',
    'inspectProxy',
    'launchReplacement',
    'pointControlName',
    'refillProxy',
    'retireIncumbent',
    'rollBackProxy',
    'settleProxy',
    'standByIncumbent',
    'startSync',
  ]);
});

describe.each(underLock)('%s', (_name, step) => {
  test.each([
    ['is free', null, 'it is free'],
    ["is another's", 'arn:other', 'arn:other holds it'],
  ])('changes nothing when the lock %s', async (_how, executionArn, text) => {
    const world = aRebuild();
    world.lock =
      executionArn === null ? null : { executionArn, reason: 'heal', takenAt: world.now };

    await expectFailure(
      perform(world, step, aRun(world, {}, { content: filledContent })),
      'LockLost',
      text,
    );

    expect([world.writes, world.heartbeats]).toEqual([0, []]);
  });
});
