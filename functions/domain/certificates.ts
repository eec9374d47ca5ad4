import { z } from 'zod';
import type { Cycle } from './cycle.ts';

/** Of the certificates in a proxy's certs.tar the one that expires first, as the instance describes it. */
export const firstToExpireSchema = z.object({
  /** Its path in the tar. */
  file: z.string(),
  subject: z.string(),
  expiresAt: z.iso.datetime(),
});
export type FirstToExpire = z.infer<typeof firstToExpireSchema>;

const dayMs = 86_400_000;

/** For what follows the hard limit: a rebuild that takes hours, fails and is repeated, and people who need days. */
const marginDays = 7;

/** An instance may serve until the hard limit, with the certificates of its first boot. */
const neededUntil = ({ limitDays }: Pick<Cycle, 'limitDays'>, now: Date): Date =>
  new Date(now.getTime() + (limitDays + marginDays) * dayMs);

export const hasExpired = ({ expiresAt }: Pick<FirstToExpire, 'expiresAt'>, now: Date): boolean =>
  Date.parse(expiresAt) <= now.getTime();

/** Whether an instance with this certificate may still serve when it expires. */
export const expiresTooEarly = (
  { expiresAt }: Pick<FirstToExpire, 'expiresAt'>,
  cycle: Pick<Cycle, 'limitDays'>,
  now: Date,
): boolean => Date.parse(expiresAt) < neededUntil(cycle, now).getTime();

/** The texts come from the instance. */
const longestText = 200;

const dateOf = (instant: Date): string => instant.toISOString().slice(0, 10);

/** What expires too early, compared with how long it would be needed, and the way out. */
export const describeEarlyExpiry = (
  { file, subject, expiresAt }: FirstToExpire,
  cycle: Pick<Cycle, 'limitDays'>,
  now: Date,
): string =>
  `${file.slice(0, longestText)} in certs.tar (${subject.slice(0, longestText)}) expires at ${expiresAt}, but an ` +
  `instance built now needs it until ${dateOf(neededUntil(cycle, now))}: cycle.limitDays and ${marginDays} days; ` +
  'generate certs.tar again and upload it';
