import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Schedule } from '../../../deployment/schedules.ts';
import type { Kernel } from '../../../sandbox/kernel/kernel.ts';
import { nextDaily, rateMs } from '../../../sandbox/world/schedule-expression.ts';
import { Scheduler } from '../../../sandbox/world/scheduler.ts';
import { AwsWorld } from '../aws/aws-world.ts';

const aSchedule = (change: Partial<Schedule>): Schedule => ({
  id: 'One',
  description: '',
  expression: 'rate(1 day)',
  timeZone: null,
  windowMinutes: null,
  begins: 'at-once',
  target: { machine: 'rebuild-fleet' },
  input: null,
  retryPolicy: null,
  ...change,
});

const daySeconds = 86_400;

describe('a schedule', () => {
  let world: AwsWorld;
  let kernel: Kernel;
  /** Days, to the minute, at which the target was invoked. */
  let invokedAt: number[];
  let scheduler: Scheduler;
  beforeEach(() => {
    world = new AwsWorld();
    kernel = world.kernel;
    invokedAt = [];
    scheduler = new Scheduler(kernel, () => {
      invokedAt.push(Math.floor(kernel.secondsSinceStart() / 60) / 1440);
    });
  });
  afterEach(() => world.end());
  const inDays = (days: number): Date => new Date(kernel.now() + days * daySeconds * 1000);

  test('of a rate begins at once and then repeats', async () => {
    scheduler.put(aSchedule({}), null);
    await world.pass(2.5 * daySeconds);

    expect(invokedAt).toEqual([0, 1, 2]);
  });

  test('of a rate begins at its start date, however far that is', async () => {
    scheduler.put(aSchedule({ expression: 'rate(28 days)' }), inDays(28));
    await world.pass(57 * daySeconds);

    expect(invokedAt).toEqual([28, 56]);
  });

  test('begins again when it is updated', async () => {
    scheduler.put(aSchedule({ expression: 'rate(2 days)' }), inDays(2));
    await world.pass(3 * daySeconds);
    scheduler.put(aSchedule({ expression: 'rate(2 days)', description: 'new' }), inDays(2));
    await world.pass(3 * daySeconds);

    expect(invokedAt).toEqual([2, 5]);
  });

  test('with a start date in the past is refused', () => {
    expect(() => scheduler.put(aSchedule({}), inDays(-1))).toThrow(
      'The StartDate you specify cannot be earlier than 5 minutes ago.',
    );
  });

  test('of a cron expression does not run when it is created', async () => {
    scheduler.put(aSchedule({ expression: 'cron(0 12 * * ? *)', timeZone: 'Europe/Berlin' }), null);
    await world.pass(60);

    expect(invokedAt).toEqual([]);
  });

  test('with a flexible window runs within it', async () => {
    scheduler.put(aSchedule({ windowMinutes: 60 }), null);
    await world.pass(10 * daySeconds);

    const minutes = invokedAt.map((days) => Math.round((days % 1) * 1440));
    expect(Math.max(...minutes)).toBeGreaterThan(1);
    expect(Math.max(...minutes)).toBeLessThanOrEqual(61);
  });
});

describe('a cron expression', () => {
  test.each([
    ['in winter', '2026-01-10T22:00:00Z', '2026-01-11T11:00:00Z'],
    ['on the day on which summer time begins', '2026-03-29T00:00:00Z', '2026-03-29T10:00:00Z'],
    ['on the day on which summer time ends', '2026-10-25T00:00:00Z', '2026-10-25T11:00:00Z'],
    ['when it is due now, the day after', '2026-01-11T11:00:00Z', '2026-01-12T11:00:00Z'],
  ])('is due at noon of its time zone %s', (_name, after, expected) => {
    const due = nextDaily('cron(0 12 * * ? *)', 'Europe/Berlin', Date.parse(after));

    expect(new Date(due).toISOString()).toBe(expected.replace('Z', '.000Z'));
  });
});

test.each(['cron(0 12 ? * MON *)', 'at(2026-01-10T22:00:00)', 'rate(0 days)', 'rate(1 week)'])(
  'the sandbox does not know %s',
  (expression) => {
    expect(rateMs(expression)).toBeNull();
    expect(() => nextDaily(expression, 'UTC', 0)).toThrow('does not know');
  },
);
