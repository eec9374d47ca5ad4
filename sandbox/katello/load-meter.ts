import { add, type Load, nothing, secondsOf } from './load.ts';

/** What the requests to one route have cost so far. */
export interface RouteLoad extends Load {
  readonly calls: number;
  /** Of the answer that took longest. */
  readonly longestSeconds: number;
  /** Requests that were given up before the answer came. */
  readonly timeouts: number;
}

const none: RouteLoad = {
  ...nothing,
  calls: 0,
  longestSeconds: 0,
  timeouts: 0,
};

/** Adds up what answers make Katello load, by method and path. */
export class LoadMeter {
  readonly #routes = new Map<string, RouteLoad>();

  get routes(): ReadonlyMap<string, RouteLoad> {
    return this.#routes;
  }

  get total(): RouteLoad {
    return [...this.#routes.values()].reduce(sum, none);
  }

  /** Returns whether the answer comes too late for a client that waits so long. */
  note(route: string, load: Load, timeoutMs: number | null): boolean {
    const longestSeconds = secondsOf(load);
    const isLate = timeoutMs !== null && longestSeconds * 1000 > timeoutMs;
    const one = { ...load, calls: 1, longestSeconds, timeouts: isLate ? 1 : 0 };
    this.#routes.set(route, sum(this.#routes.get(route) ?? none, one));
    return isLate;
  }
}

const sum = (one: RouteLoad, other: RouteLoad): RouteLoad => ({
  ...add(one, other),
  calls: one.calls + other.calls,
  longestSeconds: Math.max(one.longestSeconds, other.longestSeconds),
  timeouts: one.timeouts + other.timeouts,
});
