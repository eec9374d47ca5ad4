import { cutToFit } from '../domain/cut-to-fit.ts';
import { NamedFailure } from '../domain/failures.ts';

/**
 * Step Functions truncates a cause at 32,768 characters, which leaves invalid JSON. The cause of a nested
 * execution is quoted in its parent's, with every quotation mark escaped once more, so causes stay far below
 * the limit.
 */
const [causeMax, sentenceMax] = [4000, 2000];

/** An execution's record is limited to 256 KiB; exceeding that is an error that no `Catch` handles. */
const answerMaxBytes = 64 * 1024;

const lengthAsJson = (text: string): number => JSON.stringify(text).length - 2;

const cut = (characters: readonly string[], max: number): readonly string[] =>
  cutToFit(characters, max, lengthAsJson);

/** The beginning of the sentence that starts a cause, and the end of the log that may follow it. */
export const shortened = (cause: string): string => {
  if (lengthAsJson(cause) <= causeMax) return cause;
  const [first = '', ...lines] = cause.split('\n');
  const sentence = cut([...first.slice(0, sentenceMax)], sentenceMax).join('');
  if (lines.length === 0) return sentence;
  const log = lines.join('\n').slice(-causeMax);
  const tail = cut([...log].reverse(), causeMax - sentenceMax - 10);
  return `${sentence}\n${tail.toReversed().join('')}`;
};

/** Lambda returns both message and stack trace of an error; avoid sending the message twice. */
export const limitCause = () => ({
  onError: ({ error }: { readonly error?: Error | null }): void => {
    if (!(error instanceof Error)) return;
    const frames = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line));
    error.message = shortened(error.message);
    error.stack = [error.name, ...frames].join('\n');
  },
});

/** An answer that is too large is a named failure, so that the rebuild is rolled back. */
export const limitAnswer = (step: string) => ({
  after: ({ response }: { readonly response?: unknown }): void => {
    const bytes = Buffer.byteLength(JSON.stringify(response) ?? '');
    if (bytes <= answerMaxBytes) return;
    throw new NamedFailure(
      'UnexpectedAnswer',
      `the answer of ${step} has ${bytes} bytes; the limit is ${answerMaxBytes}: ` +
        'look for unusually long names in AWS and Katello',
    );
  },
});
