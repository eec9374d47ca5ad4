import { describe, expect, test } from '@jest/globals';
import type { Group, GroupInstance, LifecycleState } from '../../functions/domain/group.ts';
import { rolesOf } from '../../functions/domain/inspection.ts';
import type { Run } from '../../functions/domain/run.ts';
import { failureIn } from './failure.ts';

const instance = (
  id: string,
  lifecycleState: LifecycleState = 'InService',
  healthy = true,
): GroupInstance => ({
  id,
  lifecycleState,
  healthy,
  launchTemplate: { id: 'lt-1', version: '1' },
  protectedFromScaleIn: false,
});
const group = (
  instances: readonly GroupInstance[],
  suspendedProcesses: readonly string[] = [],
): Group => ({
  name: 'smart-proxy-europe--berlin',
  sizes: { min: 1, max: 1, desired: 1 },
  launchTemplate: { id: 'lt-1', version: '1' },
  instances,
  suspendedProcesses,
  targetGroupArns: [],
});
const asked = (
  reason: Run['request']['reason'],
  instanceId: string | null = null,
): Run['request'] => ({
  proxy: 'berlin',
  reason,
  imageId: null,
  instanceId,
  interrupted: null,
});
const idsOf = (given: Group, request: Run['request']) => {
  const { incumbent, adopt } = rolesOf(given, request);
  return [incumbent?.id ?? null, adopt?.id ?? null];
};
const rebuild = asked('scheduled');
const [old, fresh] = [instance('i-old'), instance('i-new', 'Pending:Wait')];

describe('the roles', () => {
  test.each<[string, readonly GroupInstance[], Run['request'], readonly (string | null)[]]>([
    ['of a rebuild is the one that serves', [old], rebuild, ['i-old', null]],
    ['of a first launch is nobody', [], rebuild, [null, null]],
    [
      'does not count those that leave',
      [instance('i-x', 'Terminating:Wait'), old],
      rebuild,
      ['i-old', null],
    ],
    [
      'does not count those that are detached',
      [instance('i-x', 'Detaching'), old],
      rebuild,
      ['i-old', null],
    ],
    ['of a heal adopts what was launched', [fresh], asked('heal', 'i-new'), [null, 'i-new']],
    [
      'of a heal keeps the one that serves',
      [old, fresh],
      asked('heal', 'i-new'),
      ['i-old', 'i-new'],
    ],
    [
      'of a heal does not count on one that is ill',
      [instance('i-old', 'InService', false), fresh],
      asked('heal', 'i-new'),
      [null, 'i-new'],
    ],
    ['of a heal by hand adopts the only one', [old], asked('heal'), [null, 'i-old']],
  ])('%s', (_name, instances, request, ids) => {
    expect(idsOf(group(instances), request)).toEqual(ids);
  });

  test.each<[string, readonly GroupInstance[], Run['request']]>([
    ['two instances', [old, instance('i-other')], rebuild],
    ['one that is ill', [instance('i-old', 'InService', false)], rebuild],
    ['one that stands by', [instance('i-old', 'Standby')], rebuild],
    ['one that is still starting', [fresh], rebuild],
    ['two instances, and a heal that names none', [old, fresh], asked('heal')],
  ])('is refused with %s', (_name, instances, request) => {
    expect(failureIn(() => rolesOf(group(instances), request)).name).toBe('GroupNotSettled');
  });

  test('that is refused names what is there', () => {
    const { message } = failureIn(() => rolesOf(group([old, fresh]), rebuild));

    expect(message).toBe(
      'smart-proxy-europe--berlin should have one instance in service, but has i-old InService, i-new Pending:Wait',
    );
  });
});

describe('processes', () => {
  test.each(['Launch', 'Terminate', 'HealthCheck', 'ReplaceUnhealthy'])(
    'without %s no rebuild begins',
    (process) => {
      const { name, message } = failureIn(() => rolesOf(group([old], [process]), rebuild));

      expect(name).toBe('ProcessesSuspended');
      expect(message).toContain(process);
    },
  );

  test('that a rebuild suspends itself are no obstacle', () => {
    expect(idsOf(group([old], ['AZRebalance', 'AlarmNotification']), rebuild)).toEqual([
      'i-old',
      null,
    ]);
  });
});
