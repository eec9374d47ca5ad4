import { duration } from '../../terminal/figures.ts';

/** `2026-01-10 22:00`, always in UTC; the text says so once. */
export const instant = (at: Date | string): string =>
  new Date(at).toISOString().slice(0, 16).replace('T', ' ');

/** How far off an instant is: `in 5 h 10 min`, `3 d 2 h ago`. */
export const distance = (at: Date | string, now: Date | string): string => {
  const seconds = (new Date(at).getTime() - new Date(now).getTime()) / 1000;
  if (Math.abs(seconds) < 1) return 'now';
  return seconds > 0 ? `in ${duration(seconds)}` : `${duration(-seconds)} ago`;
};

export const secondsBetween = (from: Date | string, to: Date | string): number =>
  Math.max(0, (new Date(to).getTime() - new Date(from).getTime()) / 1000);
