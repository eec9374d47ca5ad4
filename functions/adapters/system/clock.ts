import type { Clock } from '../../ports/clock.ts';

/** Real time; the sandbox replaces the global clock beneath it. */
export const systemClock: Clock = { now: () => new Date() };
