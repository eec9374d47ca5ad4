import { waitingForIn } from '../../functions/domain/waiting.ts';
import { sectionWrittenBy } from '../../statemachine/readers/progress.ts';
import type { SimulatedExecution } from '../engine/execution.ts';
import type { Wait } from './story.ts';

/** The same reason with another share of progress is one wait. */
const withoutProgress = (reason: string): string => reason.replace(/, \d+ %/g, '');

interface Answer {
  readonly atSeconds: number;
  /** `null`: the step was ready. */
  readonly reason: string | null;
}

/** What the steps of an execution have answered, oldest first. */
const answersOf = (
  { history }: SimulatedExecution,
  secondsAt: (instant: Date) => number,
): readonly Answer[] =>
  history.flatMap(({ kind, state, data, at }): readonly Answer[] => {
    const section = kind === 'exited' ? sectionWrittenBy(state) : null;
    if (section === null || typeof data !== 'object' || data === null) return [];
    const reason = waitingForIn((data as Readonly<Record<string, unknown>>)[section]);
    return [{ atSeconds: secondsAt(at), reason: reason && withoutProgress(reason) }];
  });

/** Why an execution waited, and from which check until which. `endSeconds` is when the execution ended. */
export const waitsOf = (
  execution: SimulatedExecution,
  secondsAt: (instant: Date) => number,
  endSeconds: number,
): readonly Wait[] => {
  const answers = answersOf(execution, secondsAt);
  const pieces = answers.flatMap(({ atSeconds: startSeconds, reason }, index) =>
    reason === null
      ? []
      : [{ reason, startSeconds, endSeconds: answers[index + 1]?.atSeconds ?? endSeconds }],
  );
  return pieces.reduce<readonly Wait[]>(joined, []);
};

/** Checks that find the same thing missing, one after the other, are one wait. */
const joined = (waits: readonly Wait[], next: Wait): readonly Wait[] => {
  const last = waits.at(-1);
  const isSame = last?.reason === next.reason && last.endSeconds === next.startSeconds;
  return isSame
    ? [...waits.slice(0, -1), { ...next, startSeconds: last.startSeconds }]
    : [...waits, next];
};
