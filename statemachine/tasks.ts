import { type StepName, steps } from '../functions/steps/register.ts';
import type { Catcher, State, States, TaskState } from './asl.ts';
import { choose, isReady, type Ways } from './choices.ts';
import { errorNames } from './error-names.ts';
import { type PolledSection, pathTo, type RecordPath } from './record-path.ts';
import { retries } from './retries.ts';
import { wait } from './states.ts';

export const catchTo = <const Target extends string>(
  next: Target,
  into: RecordPath = 'failure',
  errors: readonly string[] = [errorNames.any],
): Catcher<Target> => ({ ErrorEquals: errors, ResultPath: pathTo(into), Next: next });

/** An error that only says which way to go. */
export const expect = <const Target extends string>(
  error: string,
  next: Target,
): Catcher<Target> => ({ ErrorEquals: [error], ResultPath: null, Next: next });

interface TaskOptions<Target extends string> {
  readonly timeoutSeconds?: number;
  readonly retry?: TaskState['Retry'];
  /** The state for failures that are not retried, or no longer. */
  readonly onFailure?: Target;
  readonly failureInto?: RecordPath;
  /** Errors with a state of their own. */
  readonly exceptions?: readonly Catcher<Target>[];
  readonly comment?: string | undefined;
}

interface PollOptions<Own extends string, Target extends string> extends TaskOptions<Target> {
  /** Titles of the task, the choice and the wait state. */
  readonly titles: readonly [Own, Own, Own];
  /** The next state once it is ready, or rules for every answer other than waiting. */
  readonly next: Target | Ways<Target>;
  readonly choiceComment?: string;
}

type PolledStep = {
  [Name in StepName]: (typeof steps)[Name]['writes'] extends PolledSection ? Name : never;
}[StepName];

/** Makes tasks of a machine whose failures lead to one of its states, unless a task names another. */
export const failuresLeadTo = <const Failure extends string>(failure: Failure) => {
  /** Runs a step; its answer becomes the section of the record that it writes. */
  const step = <const Target extends string>(
    name: StepName,
    options: TaskOptions<Target> & { readonly next: Target },
  ): TaskState<Target | Failure> => ({
    Type: 'Task',
    ...(options.comment && { Comment: options.comment }),
    Resource: `\${${name}}`,
    TimeoutSeconds: options.timeoutSeconds ?? 120,
    ResultPath: pathTo(steps[name].writes),
    Retry: options.retry ?? retries.step,
    Catch: [
      ...(options.exceptions ?? []),
      catchTo<Target | Failure>(options.onFailure ?? failure, options.failureInto),
    ],
    Next: options.next,
  });

  /** Runs a step repeatedly, at the intervals that it asks for, until it is ready. */
  const poll = <const Own extends string, const Target extends string>(
    name: PolledStep,
    { titles: [task, choice, pause], next, choiceComment, ...options }: PollOptions<Own, Target>,
  ): Readonly<Record<Own, State<Own | Target | Failure>>> => {
    const ways = typeof next === 'string' ? ([[isReady(steps[name].writes), next]] as const) : next;
    const states: States<Own | Target | Failure> = {
      [task]: step<Own | Target>(name, { ...options, next: choice }),
      [choice]: choose<Own | Target>(ways, pause, choiceComment),
      [pause]: wait(`${steps[name].writes}.waitSeconds`, task),
    };
    return states;
  };

  return { step, poll };
};

/** Posts a message to Slack. A Slack outage changes nothing else: the execution continues either way. */
export const announce = <const Target extends string>(
  name: StepName & `announce${string}`,
  next: Target,
  comment?: string,
): TaskState<Target> =>
  failuresLeadTo(next).step(name, {
    next,
    failureInto: 'announcementFailure',
    timeoutSeconds: 60,
    retry: retries.message,
    comment,
  });
