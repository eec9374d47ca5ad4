import { z } from 'zod';

const units = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const;

const secondsOf = (text: string): number =>
  units.reduce((sum, [unit, seconds]) => {
    const count = new RegExp(`(\\d+)${unit}`).exec(text)?.[1];
    return sum + Number(count ?? 0) * seconds;
  }, 0);

const advice = 'must be a duration, such as 90s, 25m, 3h or 1h30m';

/** A duration as people write it, read as seconds. */
export const duration = z
  .string({ error: ({ input }) => (input === undefined ? undefined : advice) })
  .regex(/^(?=\d)(\d{1,3}d)?(\d{1,5}h)?(\d{1,6}m)?(\d{1,8}s)?$/, advice)
  .transform(secondsOf);
