import type { ExecutionStatus, HistoryEvent, HistoryEventType } from '@aws-sdk/client-sfn';
import type { RegisteredEvent, RegisteredExecution } from './execution-registry.ts';

/** Made when it is asked for: a history is long, and most of it is never read. */
export type LateEvent = (withData: boolean | undefined) => HistoryEvent;

const ends: Readonly<Partial<Record<ExecutionStatus, HistoryEventType>>> = {
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  ABORTED: 'ExecutionAborted',
  TIMED_OUT: 'ExecutionTimedOut',
};

/** The events of an execution, oldest first; those inside of tasks are left out. */
export const eventsOf = (
  { startedAt, stoppedAt, status }: RegisteredExecution,
  history: readonly RegisteredEvent[],
): readonly LateEvent[] => {
  const at = (timestamp: Date, type: HistoryEventType, id: number) => ({
    timestamp,
    type,
    id,
    previousEventId: id - 1,
  });
  const states = history.map(
    (event, index): LateEvent =>
      (withData = true) => {
        const { kind, state: name, stateType } = event;
        const type = `${stateType}State${kind === 'entered' ? 'Entered' : 'Exited'}`;
        const data = withData ? JSON.stringify(event.data) : undefined;
        return {
          ...at(event.at, type as HistoryEventType, index + 2),
          ...(kind === 'entered'
            ? { stateEnteredEventDetails: { name, input: data } }
            : { stateExitedEventDetails: { name, output: data } }),
        };
      },
  );
  const ended = ends[status];
  const last = ended && stoppedAt && at(stoppedAt, ended, history.length + 2);
  return [() => at(startedAt, 'ExecutionStarted', 1), ...states, ...(last ? [() => last] : [])];
};
