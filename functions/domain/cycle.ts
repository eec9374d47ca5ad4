import { z } from 'zod';
import { sized } from './sized.ts';

export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day from 00:00 to 23:59, such as "01:30"');

const window = z.strictObject({
  days: z
    .array(z.enum(weekdays))
    .min(1, sized('needs at least one day, such as [sat, sun]'))
    .describe('the days that the window opens on'),
  from: timeOfDay.describe('the time of day when the window opens'),
  to: timeOfDay.describe(
    'the time of day when the window closes; on the next day if it is not after `from`',
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
      .describe(
        'the maximum age of an instance; a proxy is rebuilt in time, outside of a maintenance ' +
          'window if necessary',
      ),
    softLimitDays: z
      .int()
      .min(1)
      .max(364)
      .default(18)
      .describe('the age from which a proxy is rebuilt as soon as a maintenance window is open'),
    windows: z
      .array(window)
      .default([])
      .describe(
        'the weekly maintenance windows in which rebuilds may start; without any, they may start ' +
          'at any time',
      ),
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
      .describe(
        'the time that the replacement serves before the incumbent, in Standby, is retired',
      ),
    concurrency: z
      .int()
      .min(1)
      .max(20)
      .default(2)
      .describe('the number of proxies that are rebuilt at the same time, after the canary'),
    canary: z
      .string()
      .optional()
      .describe('the name of the proxy that is rebuilt first, before any other'),
    attemptsPerDay: z
      .int()
      .min(1)
      .max(20)
      .default(4)
      .describe(
        'the number of rebuilds and heals of one proxy that may start within 24 h; further ones ' +
          'are refused',
      ),
  })
  .describe('the age limits and maintenance windows that decide when proxies are rebuilt');

export type Cycle = z.infer<typeof cycle>;
