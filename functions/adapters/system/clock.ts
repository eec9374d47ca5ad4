import type { Clock } from '../../ports/clock.ts';

/** Real time; the sandbox replaces the global clock that this reads. */
export const systemClock: Clock = { now: () => new Date() };
