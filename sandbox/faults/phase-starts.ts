/** Phases in which a complete sync runs: in the first with two names, in the second with one. */
const syncPhases: readonly string[] = ['fill', 'changeover'];

/** When each phase of each proxy began first, in seconds since the start of the run. */
export class PhaseStarts {
  readonly #seconds = new Map<string, Map<string, number>>();

  /** The names under which this is the first beginning: of the phase, of `sync`, or of neither. */
  begin(proxy: string, phase: string, atSeconds: number): readonly string[] {
    const begun = this.#seconds.get(proxy) ?? new Map<string, number>();
    this.#seconds.set(proxy, begun);
    const names = syncPhases.includes(phase) ? [phase, 'sync'] : [phase];
    const first = names.filter((name) => !begun.has(name));
    for (const name of first) begun.set(name, atSeconds);
    return first;
  }

  /** Of one proxy, or of all. */
  of(phase: string, proxy: string | undefined): readonly number[] {
    const proxies = proxy === undefined ? [...this.#seconds.keys()] : [proxy];
    return proxies.flatMap((name) => this.#seconds.get(name)?.get(phase) ?? []);
  }
}
