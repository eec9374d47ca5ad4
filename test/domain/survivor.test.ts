import { describe, expect, test } from '@jest/globals';
import type { GroupInstance, LifecycleState } from '../../functions/domain/group.ts';
import { chooseSurvivor, isLeaving, isServing } from '../../functions/domain/survivor.ts';

const instance = (id: string, lifecycleState: LifecycleState, healthy = true): GroupInstance => ({
  id,
  lifecycleState,
  healthy,
  launchTemplate: null,
  protectedFromScaleIn: false,
});
const incumbent = (state: LifecycleState) => instance('incumbent', state);

describe('the instance that stays', () => {
  test.each<[string, readonly GroupInstance[], readonly string[], string | null]>([
    [
      'is the incumbent while it lives',
      [instance('other', 'InService'), incumbent('Standby')],
      ['other', 'incumbent'],
      'incumbent',
    ],
    [
      'is the one that serves when the incumbent is dead',
      [instance('waiting', 'Pending:Wait'), instance('other', 'InService'), incumbent('InService')],
      ['waiting', 'other'],
      'other',
    ],
    [
      'is not an incumbent that leaves',
      [incumbent('Terminating'), instance('other', 'InService')],
      ['incumbent', 'other'],
      'other',
    ],
    [
      'is rather healthy than ill',
      [instance('ill', 'InService', false), instance('well', 'InService')],
      ['ill', 'well'],
      'well',
    ],
    [
      'is rather one that waits than one that Auto Scaling is about to replace',
      [instance('ill', 'InService', false), instance('waiting', 'Pending:Wait')],
      ['waiting', 'ill'],
      'waiting',
    ],
    [
      'is not an incumbent that Auto Scaling is about to replace',
      [instance('incumbent', 'InService', false), instance('waiting', 'Pending:Wait')],
      ['incumbent', 'waiting'],
      'waiting',
    ],
    [
      'is an ill incumbent when nothing else is alive',
      [instance('incumbent', 'InService', false), instance('dead', 'Pending:Wait')],
      ['incumbent'],
      'incumbent',
    ],
    ['is the only one that is left', [instance('waiting', 'Pending:Wait')], ['waiting'], 'waiting'],
    ['is nobody when EC2 knows none', [incumbent('InService')], [], null],
    ['is nobody in an empty group', [], [], null],
  ])('%s', (_name, instances, alive, survivor) => {
    expect(chooseSurvivor(instances, new Set(alive), 'incumbent')?.id ?? null).toBe(survivor);
  });
});

test.each<[LifecycleState, boolean]>([
  ['Terminating', true],
  ['Terminating:Wait', true],
  ['Terminated', true],
  ['Detaching', true],
  ['Detached', true],
  ['Pending:Wait', false],
  ['EnteringStandby', false],
  ['InService', false],
])('an instance that is %s is leaving: %j', (state, leaving) => {
  expect(isLeaving(instance('it', state))).toBe(leaving);
});

test.each<[LifecycleState, boolean, boolean]>([
  ['InService', true, true],
  ['InService', false, false],
  ['Standby', true, false],
  ['Pending:Wait', true, false],
])('an instance that is %s, healthy: %j, serves: %j', (state, healthy, serves) => {
  expect(isServing(instance('it', state, healthy))).toBe(serves);
});
