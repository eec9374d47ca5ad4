import { describe, expect, test } from '@jest/globals';
import { emptyRecord } from '../../functions/domain/record.ts';
import { countBaseline } from '../../functions/steps/count-baseline.ts';
import { inspectProxy } from '../../functions/steps/inspect-proxy.ts';
import { launchReplacement } from '../../functions/steps/launch-replacement.ts';
import { pointControlName } from '../../functions/steps/point-control-name.ts';
import { promoteImage } from '../../functions/steps/promote-image.ts';
import { retireIncumbent } from '../../functions/steps/retire-incumbent.ts';
import { rollBackProxy } from '../../functions/steps/roll-back-proxy.ts';
import { settleProxy } from '../../functions/steps/settle-proxy.ts';
import { standByIncumbent } from '../../functions/steps/stand-by-incumbent.ts';
import { startSync } from '../../functions/steps/start-sync.ts';
import type { Step } from '../../functions/steps/step.ts';
import { aProxyAtRest, aRebuild, aRestorePoint, aRun, filledContent } from './a-rebuild.ts';
import { perform } from './in-memory-ports.ts';
import { Died, type World } from './world.ts';

/** What is left of a world when a step has ended, without instants that differ from run to run. */
const outcome = (world: World) => ({
  group: world.group,
  machines: [...world.machines],
  templateVersions: [...world.templateVersions.keys()],
  addresses: [...world.addresses],
  records: [...world.records],
  tasks: world.katello.started,
  images: world.images,
  imageParameters: [...world.imageParameters],
});

/**
 * Runs a step as the state machine does: after a death again at once, after `waiting` later, with its last
 * answer in the record under `key`. The clock stands still, so that every run writes the same.
 */
const runToEnd = async (
  world: World,
  step: Step,
  key: string,
  changes: object,
): Promise<number> => {
  const began = {
    launch: 10,
    retire: 0,
    settle: 0,
    rollback: 60,
    standby: 0,
    fill: 20,
    inspect: 30,
  };
  let answer: unknown;
  for (let looks = 0; looks < 15; looks += 1) {
    try {
      answer = await perform(world, step, {
        ...aRun(world, began, changes),
        ...(answer !== undefined && { [key]: answer }),
      });
      if (Object(answer).status !== 'waiting' || key === 'sync') return world.writes;
      for (const id of world.changes.keys()) world.changes.set(id, true);
      world.pass(0);
    } catch (error) {
      if (!(error instanceof Died)) throw error;
    }
  }
  throw new Error('it never ends');
};

const inspected = (): World => {
  const world = aProxyAtRest();
  world.records.set('berlin', { ...emptyRecord, restorePoint: aRestorePoint() });
  return world;
};
const soaked = (): World => aRebuild({ incumbent: 'Standby', replacement: 'InService' });
const alone = (): World => {
  const world = aRebuild({ incumbent: 'gone', replacement: 'InService' });
  world.resize(1);
  return world;
};
describe('a step that is killed after any of its effects and run again ends as if it had not been:', () => {
  test.each<[string, Step, string, () => World, object]>([
    ['inspect', inspectProxy, 'plan', aProxyAtRest, {}],
    ['count the baseline', countBaseline, 'baseline', inspected, { plan: { incumbent: null } }],
    ['launch', launchReplacement, 'launch', inspected, {}],
    ['point the control name', pointControlName, 'control', aRebuild, {}],
    ['start a sync', startSync, 'sync', aRebuild, {}],
    ['stand by', standByIncumbent, 'standby', () => aRebuild({ replacement: 'InService' }), {}],
    ['retire', retireIncumbent, 'retire', soaked, { content: filledContent }],
    ['settle', settleProxy, 'settle', alone, {}],
    ['rollback after the launch', rollBackProxy, 'rollback', aRebuild, {}],
    ['rollback after the change-over', rollBackProxy, 'rollback', soaked, {}],
    ['promote', promoteImage, 'promotion', aProxyAtRest, { image: { id: 'ami-2' } }],
  ])('%s', async (_name, step, key, make, changes) => {
    const undisturbed = make();
    const effects = await runToEnd(undisturbed, step, key, changes);
    expect(effects).toBeGreaterThan(0);

    for (let death = 1; death <= effects; death += 1) {
      const world = make();
      world.dieAfter(death);
      await runToEnd(world, step, key, changes);

      expect(outcome(world)).toEqual(outcome(undisturbed));
      expect(world.outages).toEqual([]);
    }
  });
});
