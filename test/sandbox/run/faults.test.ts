import { describe, expect, test } from '@jest/globals';
import type { ScheduledFault } from '../../../sandbox/faults/fault.ts';
import {
  fleetWide,
  type ScheduledFaultName,
  scheduledFaults,
} from '../../../sandbox/faults/kinds.ts';
import { runFaults } from './run.ts';

/** Where each kind does something to a rebuild; `sync` is the phase of the complete one. */
const given: Readonly<Record<ScheduledFaultName, Omit<ScheduledFault, 'fault'>>> = {
  'instance-dies': { at: { phase: 'sync', afterSeconds: 600 } },
  'health-replacement': { at: { phase: 'sync', afterSeconds: 600 } },
  'launch-fails': {},
  'zone-without-capacity': {},
  'launch-cancelled': {},
  'boot-hangs': {},
  'slow-boot': {},
  'install-fails': {},
  'certificate-lacks-name': {},
  'certificates-expire-soon': {},
  'certificates-expired': {},
  'never-healthy': {},
  'hook-times-out': { at: { phase: 'provision', afterSeconds: 300 } },
  rebalance: { at: { phase: 'inspect' } },
  'processes-suspended': { at: { phase: 'provision' } },
  'sync-fails': {},
  'sync-warns': {},
  'sync-pauses': {},
  'sync-hangs': {},
  'repository-empty': {},
  'sync-incomplete': {},
  'files-missing': {},
  'sync-cancelled': { at: { phase: 'sync', afterSeconds: 3600 } },
  'disk-full': {},
  'automatic-sync': { at: { phase: 'sync', afterSeconds: 3600 } },
  'content-published': { at: { phase: 'sync', afterSeconds: 3600 } },
  'executor-restarts': { at: { phase: 'sync', afterSeconds: 3600 }, forSeconds: 900 },
  'capsule-removed': { at: { phase: 'sync', afterSeconds: 3600 } },
  'jobs-running': { at: { phase: 'sync' }, forSeconds: 4 * 3600 },
  'katello-down': { at: { phase: 'sync', afterSeconds: 3600 } },
  'katello-rejects-credentials': { at: { phase: 'sync', afterSeconds: 3600 } },
  'katello-certificate-untrusted': { at: { phase: 'sync', afterSeconds: 3600 } },
  'proxy-certificate-untrusted': { at: { phase: 'provision' } },
  'katello-name-differs': {},
  'location-removed': { at: { phase: 'inspect' } },
  'token-rotated': { at: { phase: 'sync', afterSeconds: 3600 }, forSeconds: 600 },
  'permission-lost': { at: { phase: 'provision' } },
  'bake-fails': {},
  'slack-down': {},
  'dns-cached': {},
  'katello-resolver-pinned': {},
  'katello-resolver-cached': {},
  'katello-resolver-split': {},
  'gateway-push-lost': {},
  'report-fails': {},
  'clock-steps': { at: { phase: 'launch' }, forSeconds: 3600 },
  'event-lost': {},
  'event-late': {},
  'event-twice': {},
  'api-throttled': { at: { phase: 'sync' }, forSeconds: 1200 },
  'permission-denied': {
    at: { phase: 'launch' },
    forSeconds: 600,
    action: 'autoscaling:UpdateAutoScalingGroup',
  },
  'api-fails': { at: { phase: 'launch' }, forSeconds: 300 },
  'api-slow': { at: { phase: 'launch' }, times: 3 },
  'path-closed': {
    path: 'katello-to-proxy',
    at: { phase: 'sync', afterSeconds: 3600 },
  },
  deployment: { at: { phase: 'provision' } },
  'execution-stopped': { at: { phase: 'sync', afterSeconds: 3600 } },
  'started-again': { at: { phase: 'sync', afterSeconds: 3600 } },
  'execution-redriven': { at: { phase: 'sync', afterSeconds: 3600 } },
};

const names = Object.keys(scheduledFaults) as ScheduledFaultName[];
/** Faults of resolvers, which hold on to the record of a control name. */
const ofControlName = [
  'dns-cached',
  ...names.filter((name) => name.startsWith('katello-resolver')),
];
/** One with two names, and one with one, which has no such record. */
const worlds = [
  { proxy: 'eu-north', faults: names },
  { proxy: 'eu-south', faults: names.filter((name) => !ofControlName.includes(name)) },
] as const;

describe.each(worlds)('the rebuild of $proxy', ({ proxy, faults }) => {
  test.each(faults)('can be done again once %s is over', async (fault) => {
    const where = fleetWide.includes(fault) ? {} : { proxy };
    const run = await runFaults([{ fault, ...where, ...given[fault] }], {
      proxies: [proxy],
      afterwards: (simulation) => {
        simulation.checker.clearDisturbed(proxy);
        simulation.start('rebuild-fleet', 'rebuild-2', { force: true });
      },
    });
    const later = run.simulation.executions.all().find(({ name }) => name === 'rebuild-2');

    expect(run.result.invariants.violations).toEqual([]);
    expect(later?.error).toBeNull();
    expect(later?.status).toBe('SUCCEEDED');
    expect(run.simulation.probe.view(proxy)).toBe('served');
    expect(run.story.events.map(({ kind }) => kind)).toContain('fault');
  });
});
