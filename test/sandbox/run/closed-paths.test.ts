import { describe, expect, test } from '@jest/globals';
import type { ScheduledFault } from '../../../sandbox/faults/fault.ts';
import type { PathName } from '../../../sandbox/faults/sites.ts';
import { proxyOf, runFaults } from './run.ts';

const proxy = 'eu-north';
const control = 'eu-north-control.proxies.example.com';

const runClosed = (path: PathName, more: Partial<ScheduledFault> = {}) =>
  runFaults(
    [{ fault: 'path-closed', path, proxy, at: { phase: 'sync', afterSeconds: 1200 }, ...more }],
    { proxies: [proxy] },
  );

describe('a rebuild during which a path is closed', () => {
  test.each([
    [
      'functions-to-proxy',
      'FenceBroken',
      `(${control}:443: the connection timed out: check security groups, network ACLs and routes`,
    ],
    [
      'functions-to-katello',
      'KatelloUnavailable',
      'from katello.example.com:443: the connection timed out: check security groups, network ACLs',
    ],
    [
      'katello-to-proxy',
      'KatelloUnavailable',
      `${control}:443 (execution expired) (a connection timed out: check security groups, network`,
    ],
    [
      'proxy-to-katello',
      'SyncFailed',
      'stopped/warning (a connection timed out: check security groups, network ACLs and routes',
    ],
  ] as const)('%s ends as %s, which names the connection', async (path, failure, cause) => {
    const run = await runClosed(path);
    const { outcome, failure: met } = proxyOf(run, proxy);

    expect(outcome).toBe('rolled-back');
    expect(met).toEqual({ name: failure, cause: expect.stringContaining(cause) });
    expect(run.simulation.probe.view(proxy)).toBe('served');
    expect(run.result.invariants.violations).toEqual([]);
  });

  test('for minutes is completed once it is open again', async () => {
    const run = await runClosed('functions-to-katello', { forSeconds: 900 });

    expect(proxyOf(run, proxy).outcome).toBe('rebuilt');
    expect(run.result.invariants.violations).toEqual([]);
  });

  test('to clients is not disturbed by it, while clients meet nothing', async () => {
    const run = await runClosed('clients-to-proxy', { forSeconds: 1800 });
    const down = run.simulation.probe.spans.get(proxy)?.filter(({ view }) => view === 'down') ?? [];

    expect(down.map(({ fromSeconds, toSeconds }) => toSeconds - fromSeconds)).toEqual([1800]);
    expect(proxyOf(run, proxy).outcome).toBe('rebuilt');
    expect(run.result.invariants.violations).toEqual([]);
  });
});
