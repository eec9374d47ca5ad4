import type { Fleet } from './fleet.ts';

const daySeconds = 86_400;
const lifetimeSecondsMax = 365 * daySeconds;

/**
 * The backstop, a day and a half above the limit: at this age Auto Scaling itself replaces an instance, from
 * whatever image the parameter names, filled or not.
 */
export const maxLifetimeSeconds = ({ limitDays }: Pick<Fleet['cycle'], 'limitDays'>): number =>
  Math.min((limitDays + 1.5) * daySeconds, lifetimeSecondsMax);
