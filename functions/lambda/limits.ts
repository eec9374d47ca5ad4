import { cutToFit } from '../domain/cut-to-fit.ts';
import { NamedFailure } from '../domain/failures.ts';

/**
 * Step Functions keeps 32,768 characters of a cause and cuts off the rest; what is left is no JSON any
 * more, and nobody can read it. A cause stands in the cause of the execution around it, with every
 * quotation mark in it escaped once more: so ours, as JSON, stays far below.
 */
const [causeMax, sentenceMax] = [4000, 2000];

/** An execution's record holds 256 KiB, and fails beyond that in a way that no `Catch` meets. */
const answerMaxBytes = 64 * 1024;

const lengthAsJson = (text: string): number => JSON.stringify(text).length - 2;

const cut = (characters: readonly string[], max: number): readonly string[] =>
  cutToFit(characters, max, lengthAsJson);

/** The beginning of the sentence that a cause begins with, and the end of the log that may follow it. */
export const shortened = (cause: string): string => {
  if (lengthAsJson(cause) <= causeMax) return cause;
  const [first = '', ...lines] = cause.split('\n');
  const sentence = cut([...first.slice(0, sentenceMax)], sentenceMax).join('');
  if (lines.length === 0) return sentence;
  const log = lines.join('\n').slice(-causeMax);
  const tail = cut([...log].reverse(), causeMax - sentenceMax - 10);
  return `${sentence}\n${tail.toReversed().join('')}`;
};

/** Lambda hands over message and trace of an error: the message once, and the trace without it. */
export const limitCause = () => ({
  onError: ({ error }: { readonly error?: Error | null }): void => {
    if (!(error instanceof Error)) return;
    const frames = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line));
    error.message = shortened(error.message);
    error.stack = [error.name, ...frames].join('\n');
  },
});

/** An answer that is too large is a failure by name, so that everything is put back after it. */
export const limitAnswer = (step: string) => ({
  after: ({ response }: { readonly response?: unknown }): void => {
    const bytes = Buffer.byteLength(JSON.stringify(response) ?? '');
    if (bytes <= answerMaxBytes) return;
    throw new NamedFailure(
      'UnexpectedAnswer',
      `the answer of ${step} has ${bytes} bytes, and an execution carries ${answerMaxBytes} of it: ` +
        'look for names of unusual length in what AWS and Katello answer',
    );
  },
});
