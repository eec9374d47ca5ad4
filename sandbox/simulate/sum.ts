import { isInjected } from '../faults/fault.ts';
import type { Simulated } from './simulate-one.ts';

const increment = <Key>(counts: Map<Key, number>, key: Key): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

const table = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

/** The result of a campaign. */
export class Sum {
  readonly #injected = new Map<string, number>();
  readonly #scheduled = new Map<string, number>();
  #runs = 0;
  #rebuilds = 0;
  #launches = 0;
  #failed = 0;

  add({ rebuilds, launches, faults, violations }: Simulated): void {
    this.#runs += 1;
    this.#rebuilds += rebuilds;
    this.#launches += launches;
    if (violations.length > 0) this.#failed += 1;
    for (const fault of faults)
      increment(isInjected(fault) ? this.#injected : this.#scheduled, fault.fault);
  }

  soFar(): string {
    return `${this.#runs} runs with ${this.#rebuilds} rebuilds, of which ${this.#launches} brought up an instance: ${this.#failed} violated an invariant`;
  }

  /** After that much time, and that much of all cores. */
  render(seconds: number, cpuSeconds: number): string {
    return [
      `\n${this.soFar()}`,
      `  faults injected: ${table(this.#injected) || 'none'}`,
      `  faults scheduled: ${table(this.#scheduled) || 'none'}`,
      `  ${Math.round(seconds)} s, ${(this.#rebuilds / seconds).toFixed(1)} rebuilds per second; ${(this.#rebuilds / cpuSeconds).toFixed(1)} per core-second`,
    ].join('\n');
  }
}
