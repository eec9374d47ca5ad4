import { z } from 'zod';

export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day from 00:00 to 23:59, such as "01:30"');

const window = z.strictObject({
  days: z
    .array(z.enum(weekdays))
    .min(1, 'needs at least one day, such as [sat, sun]')
    .describe('the days on which the window opens'),
  from: timeOfDay.describe('the time of day at which the window opens'),
  to: timeOfDay.describe(
    'the time of day at which the window closes; the next day when it is not after `from`',
  ),
});

const isTimeZone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};

/** When proxies of a fleet are rebuilt, and how many at a time. */
export const cycle = z
  .strictObject({
    limitDays: z
      .int()
      .min(2)
      .max(365)
      .default(21)
      .describe('the age that no instance exceeds; a proxy is rebuilt in time, window or not'),
    softLimitDays: z
      .int()
      .min(1)
      .max(364)
      .default(18)
      .describe('the age from which a proxy is rebuilt as soon as a window opens'),
    windows: z
      .array(window)
      .default([])
      .describe('the weekly windows in which rebuilds may start; none means at any time'),
    timeZone: z
      .string()
      .refine(isTimeZone, 'must be an IANA time zone, such as Europe/Berlin')
      .default('UTC')
      .describe('the time zone of the windows'),
    soakMinutes: z
      .int()
      .min(0)
      .max(1440)
      .default(15)
      .describe('how long the replacement serves before the waiting incumbent is retired'),
    concurrency: z
      .int()
      .min(1)
      .max(20)
      .default(2)
      .describe('how many proxies are rebuilt at the same time, once the canary is done'),
    canary: z.string().optional().describe('the name of the proxy that goes first, alone'),
    attemptsPerDay: z
      .int()
      .min(1)
      .max(20)
      .default(4)
      .describe('rebuilds and heals of one proxy within 24 h; then the controller stops, says so'),
  })
  .describe('the ages and windows at which proxies are rebuilt');

export type Cycle = z.infer<typeof cycle>;
