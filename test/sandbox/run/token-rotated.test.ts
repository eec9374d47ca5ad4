import { describe, expect, test } from '@jest/globals';
import type { ScheduledFault } from '../../../sandbox/faults/fault.ts';
import { tokenPlaces } from '../../../sandbox/faults/sites.ts';
import { proxyOf, runFaults } from './run.ts';

const rotated = (more: Partial<ScheduledFault>): ScheduledFault => ({
  fault: 'token-rotated',
  at: { phase: 'sync', afterSeconds: 3600 },
  ...more,
});

describe.each(tokenPlaces)('a token that is renewed in the %s first', (first) => {
  test('and minutes later in the other place delays a rebuild only', async () => {
    const run = await runFaults([rotated({ first, forSeconds: 600 })], { proxies: ['eu-north'] });

    expect(proxyOf(run, 'eu-north').outcome).toBe('rebuilt');
    expect(run.simulation.world.katello.login.lockouts).toBe(0);
    expect(run.result.invariants.violations).toEqual([]);
  });

  test('and never in the other place ends the rebuild, without being locked out', async () => {
    const run = await runFaults([rotated({ first })], { proxies: ['eu-north'] });
    const { outcome, failure } = proxyOf(run, 'eu-north');

    expect(outcome).toBe('rolled-back');
    expect(failure?.name).toBe('KatelloRejectsCredentials');
    expect(run.simulation.world.katello.login.lockouts).toBe(0);
    expect(run.result.invariants.violations).toEqual([]);
  });
});

test('a token that is renewed during the first inspection delays the fleet only', async () => {
  const run = await runFaults([rotated({ at: { phase: 'inspect' }, forSeconds: 600 })]);

  expect(run.result.outcome).toBe('succeeded');
  expect(run.simulation.world.katello.login.lockouts).toBe(0);
  expect(run.result.invariants.violations).toEqual([]);
});
