/**
 * The function that runs at this moment, if one does: they run one after the other. Once a call has taken
 * longer than it may run, nothing of what it still does happens.
 */
export class RunningFunction {
  #state: 'none' | 'runs' | 'timed-out' = 'none';

  get isRunning(): boolean {
    return this.#state === 'runs';
  }

  get isTimedOut(): boolean {
    return this.#state === 'timed-out';
  }

  begin(): void {
    this.#state = 'runs';
  }

  timeOut(): void {
    this.#state = 'timed-out';
  }

  end(): void {
    this.#state = 'none';
  }
}
