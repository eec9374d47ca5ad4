import { describe, expect, test } from '@jest/globals';
import { admitReplacement } from '../../functions/steps/admit-replacement.ts';
import { inspectProxy } from '../../functions/steps/inspect-proxy.ts';
import { launchReplacement } from '../../functions/steps/launch-replacement.ts';
import { pointControlName } from '../../functions/steps/point-control-name.ts';
import { restoreProxy } from '../../functions/steps/restore-proxy.ts';
import { retireIncumbent } from '../../functions/steps/retire-incumbent.ts';
import { settleProxy } from '../../functions/steps/settle-proxy.ts';
import { standByIncumbent } from '../../functions/steps/stand-by-incumbent.ts';
import { startSync } from '../../functions/steps/start-sync.ts';
import { expectFailure } from '../contracts/failure.ts';
import { aRebuild, aRun } from './a-rebuild.ts';
import { perform } from './in-memory-ports.ts';

const changing = {
  admitReplacement,
  inspectProxy,
  launchReplacement,
  pointControlName,
  restoreProxy,
  retireIncumbent,
  settleProxy,
  standByIncumbent,
  startSync,
};
const content = { status: 'ready', countTaskId: null, filled: true };

describe.each(Object.entries(changing))('%s', (_name, step) => {
  test.each([
    ['is free', null, 'it is free'],
    ["is another's", 'arn:other', 'arn:other holds it'],
  ])('changes nothing when the lock %s', async (_how, executionArn, text) => {
    const world = aRebuild();
    world.lock =
      executionArn === null ? null : { executionArn, reason: 'heal', takenAt: world.now };

    await expectFailure(perform(world, step, aRun(world, {}, { content })), 'LockLost', text);

    expect([world.writes, world.heartbeats]).toEqual([0, []]);
  });
});
