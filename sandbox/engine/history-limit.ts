import type { StateEvent } from './state-event.ts';

/** As Step Functions ends an execution whose history is full. */
export const historyIsFull = {
  name: 'States.Runtime',
  cause: 'The execution reached the maximum number of history events (25000).',
} as const;

const eventsMax = 25_000;
/** Scheduled, started, succeeded or failed. */
const eventsOfAnAttempt = 3;

/** Counts the events of an execution's history as Step Functions writes them: a loop without end has one. */
export class HistoryLimit {
  #events = 1;

  get isReached(): boolean {
    return this.#events >= eventsMax;
  }

  add({ kind, stateType }: StateEvent): void {
    this.#events += kind === 'entered' && stateType === 'Task' ? 1 + eventsOfAnAttempt : 1;
  }

  addRetry(): void {
    this.#events += eventsOfAnAttempt;
  }
}
