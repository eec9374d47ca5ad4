import type { Phase } from '../functions/domain/record.ts';
import type { FailState, PassState, State, WaitState } from './asl.ts';
import { pathTo, type RecordPath } from './record-path.ts';

/** The first state of a machine: the record of an execution before any step has run. */
export const noteExecution = <const Target extends string>(
  next: Target,
  sections: Readonly<Partial<Record<RecordPath, object>>> = {},
): PassState<Target> => ({
  Type: 'Pass',
  Parameters: {
    execution: {
      'id.$': '$$.Execution.Id',
      'name.$': '$$.Execution.Name',
      'startedAt.$': '$$.Execution.StartTime',
    },
    'request.$': '$$.Execution.Input',
    ...sections,
  },
  Next: next,
});

/** Records when a phase began. */
export const begin = <const Target extends string>(
  phase: Phase,
  next: Target,
): PassState<Target> => ({
  Type: 'Pass',
  Parameters: { 'startedAt.$': '$$.State.EnteredTime' },
  ResultPath: pathTo(`phases.${phase}`),
  Next: next,
});

/** Waits for a fixed time, or as long as the record says. */
export const wait = <const Target extends string>(
  seconds: number | RecordPath,
  next: Target,
  comment?: string,
): WaitState<Target> => ({
  Type: 'Wait',
  ...(comment && { Comment: comment }),
  ...(typeof seconds === 'number' ? { Seconds: seconds } : { SecondsPath: pathTo(seconds) }),
  Next: next,
});

export const succeed = (comment?: string): State<never> => ({
  Type: 'Succeed',
  ...(comment && { Comment: comment }),
});

/** Ends the execution with a failure from the record. */
export const fail = (failure: RecordPath, comment?: string): FailState => ({
  Type: 'Fail',
  ...(comment && { Comment: comment }),
  ErrorPath: `${pathTo(failure)}.Error`,
  CausePath: `${pathTo(failure)}.Cause`,
});
