import { z } from 'zod';

export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as "01:30", in quotes');

/** When rebuilds may start. A window whose end is not after its start runs past midnight. */
const window = z.strictObject({
  days: z.array(z.enum(weekdays)).min(1, 'needs at least one day'),
  from: timeOfDay,
  to: timeOfDay,
});

const isTimeZone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};

/** When proxies of a fleet are rebuilt, and how many at a time. */
export const cycle = z.strictObject({
  /** No instance gets older. */
  limitDays: z.int().min(2).max(365).default(21),
  /** From this age on, a proxy is rebuilt as soon as a window opens. */
  softLimitDays: z.int().min(1).max(364).default(18),
  /** Empty: at any time. */
  windows: z.array(window).default([]),
  timeZone: z
    .string()
    .refine(isTimeZone, 'must be an IANA time zone, such as Europe/Berlin')
    .default('UTC'),
  /** How long the replacement serves beside the waiting incumbent before that is retired. */
  soakMinutes: z.int().min(0).max(1440).default(15),
  /** Proxies that are rebuilt at the same time, once the canary is done. */
  concurrency: z.int().min(1).max(20).default(2),
  /** Name of the proxy that goes first, alone. */
  canary: z.string().optional(),
  /** Rebuilds and heals of one proxy within 24 h, after which the controller stops and says so. */
  attemptsPerDay: z.int().min(1).max(20).default(4),
});

export type Cycle = z.infer<typeof cycle>;
