import { expect, test } from '@jest/globals';
import { readFleetFile } from '../../config/fleet-file.ts';
import { emptyRecord, type ProxyRecord } from '../../functions/domain/record.ts';
import { embeddedMetrics } from '../../functions/health-metrics/embedded-metrics.ts';
import { measure } from '../../functions/health-metrics/measure.ts';
import type { Ports } from '../../functions/ports/ports.ts';

const fleet = readFleetFile('examples/fleet.yaml');
const now = new Date('2026-03-22T12:00:00Z');

/** A fleet whose proxies are `ageDays` old; `null` has no instance. */
const portsOf = (ageDays: number | null, record: Partial<ProxyRecord> = {}): Ports => {
  const launchedAt = new Date(now.getTime() - (ageDays ?? 0) * 86_400_000);
  const instance = { id: 'i-0a1b2c3d', lifecycleState: 'InService' };
  return {
    clock: { now: () => now },
    fleet: { read: async () => fleet },
    groups: { read: async () => ({ instances: ageDays === null ? [] : [instance] }) },
    instances: { read: async (ids: string[]) => ids.map((id) => ({ id, launchedAt })) },
    ledger: { read: async () => ({ ...emptyRecord, ...record }) },
  } as unknown as Ports;
};

const inAYear = async () => new Date('2027-03-22T12:00:00Z');
const nobody = async () => null;

test('measures the age of the oldest instance of each proxy', async () => {
  const measured = await measure(portsOf(20.5), inAYear);

  expect(measured.map(({ proxy }) => proxy)).toEqual(['eu-north', 'eu-west', 'eu-south']);
  expect(measured[0]?.values).toMatchObject({ age: 20.5, present: 1, certificate: 365 });
});

test('measures no age of a proxy without an instance, but that it has none', async () => {
  const [first] = await measure(portsOf(null), inAYear);

  expect(first?.values).toMatchObject({ present: 0 });
  expect(first?.values).not.toHaveProperty('age');
});

test('reports nothing about a certificate that it could not read', async () => {
  const [first] = await measure(portsOf(1), nobody);

  expect(first?.values).not.toHaveProperty('certificate');
});

test('counts how long a rebuild has been neither finished nor rolled back', async () => {
  const restorePoint = { takenAt: '2026-03-20T12:00:00Z' } as ProxyRecord['restorePoint'];
  const [unsettled] = await measure(portsOf(1, { restorePoint }), inAYear);
  const lastRebuild = {
    at: now.toISOString(),
    imageId: 'ami-0',
    instanceId: 'i-0a1b2c3d',
    certificateExpiresAt: null,
  };
  const [settled] = await measure(portsOf(1, { lastRebuild }), inAYear);

  expect(unsettled?.values.unsettled).toBe(48);
  expect(settled?.values.unsettled).toBe(0);
});

test('counts how long an instance has been there that no rebuild has verified', async () => {
  const [unverified] = await measure(portsOf(2), inAYear);
  const [missing] = await measure(portsOf(null), inAYear);

  expect(unverified?.values.unsettled).toBe(48);
  expect(missing?.values.unsettled).toBe(0);
});

test('counts the attempts that are left of the day', async () => {
  const attempts = [
    { execution: 'old', at: '2026-03-20T12:00:00Z' },
    { execution: 'new', at: '2026-03-22T11:00:00Z' },
  ];
  const [first] = await measure(portsOf(1, { attempts }), inAYear);

  expect(first?.values.attemptsLeft).toBe(fleet.cycle.attemptsPerDay - 1);
});

test('tells how long the last rebuild took, of all its phases', async () => {
  const durationsSeconds = { provision: [900, 1200], fill: [3600] };
  const lastRebuild = {
    at: now.toISOString(),
    imageId: 'ami-0',
    instanceId: 'i-0',
    certificateExpiresAt: null,
  };
  const [first] = await measure(portsOf(1, { durationsSeconds, lastRebuild }), inAYear);

  expect(first?.values.lastRebuild).toBe(80);
});

test('writes a line that CloudWatch makes metrics of, for the proxy and for all', () => {
  const line = embeddedMetrics(
    'europe',
    { proxy: 'eu-west', values: { age: 3.5, present: 1 } },
    now,
  );

  expect(line).toEqual({
    _aws: {
      Timestamp: now.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: 'SmartProxyRebuilder/europe',
          Dimensions: [[], ['Proxy']],
          Metrics: [
            { Name: 'AgeDays', Unit: 'None' },
            { Name: 'Present', Unit: 'Count' },
          ],
        },
      ],
    },
    Proxy: 'eu-west',
    AgeDays: 3.5,
    Present: 1,
  });
});
