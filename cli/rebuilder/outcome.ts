import { adviceFor } from '../../functions/domain/advice.ts';
import type { ReadableFailure } from '../../functions/domain/failure-cause.ts';
import type { StoryEvent } from '../../terminal/story-event.ts';
import type { Style } from '../../terminal/style.ts';
import { executionLink } from './links.ts';

/** What a command has found or done: the document of `--json`, and the same for people. */
export interface Outcome {
  readonly document: object;
  readonly text: (style: Style) => string;
  readonly isDone: boolean;
}

/** Hears what happens while a command waits. */
export type Tell = (event: Pick<StoryEvent, 'proxy' | 'kind' | 'text'>) => void;

/** An execution as every document names it. */
export interface ExecutionReference {
  readonly name: string;
  readonly arn: string;
  readonly link: string;
}

export const referenceTo = ({
  name,
  arn,
}: {
  readonly name: string;
  readonly arn: string;
}): ExecutionReference => ({ name, arn, link: executionLink(arn) });

export interface AdvisedFailure extends ReadableFailure {
  readonly advice: string;
}

/** Nothing failed: what an execution leaves behind when it is cut off is put back by another. */
const cutOff: readonly string[] = ['Stopped', 'TimedOut'];
const cutOffAdvice = 'A restore puts everything back; "status" says whether it has.';

export const advised = (failure: ReadableFailure | null): AdvisedFailure | null =>
  failure && {
    ...failure,
    advice: cutOff.includes(failure.name) ? cutOffAdvice : adviceFor(failure.name),
  };
