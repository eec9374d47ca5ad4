import { adviceFor } from './advice.ts';
import type { ReadableFailure } from './failure-cause.ts';
import type { Message } from './message.ts';

/** What a rebuild, heal or restore of one proxy came to. */
export interface Closing {
  readonly proxy: string;
  readonly fleet: string;
  readonly reason: string;
  readonly failure: ReadableFailure | null;
  readonly incumbent: string | null;
  readonly replacement: string | null;
  /** The instance that everything was put back to; `null` when nothing had to be. */
  readonly keeper: string | null;
  /** Why not everything could be put back; `null` when it could, or nothing had to be. */
  readonly restoreFailure: ReadableFailure | null;
  readonly minutes: number;
  readonly image: string | null;
}

const titleOf = ({ proxy, reason, failure, restoreFailure }: Closing): string => {
  if (restoreFailure !== null) return `${proxy} could not be put back`;
  if (failure !== null) return `${proxy} was not rebuilt: everything is put back`;
  if (reason === 'restore') return `${proxy} was put back after an interrupted rebuild`;
  return reason === 'heal' ? `${proxy} has healed` : `${proxy} is rebuilt`;
};

const toneOf = ({ failure, restoreFailure }: Closing): Message['tone'] => {
  if (restoreFailure !== null) return 'bad';
  return failure === null ? 'good' : 'warning';
};

const [logLinesMax, factLengthMax] = [20, 600];

/** A failure's cause may carry the tail of a log after its first line. */
const splitLog = (cause: string): { readonly sentence: string; readonly log: string } => {
  const [sentence = '', ...log] = cause.split('\n');
  return { sentence: sentence.slice(0, factLengthMax), log: log.slice(-logLinesMax).join('\n') };
};

const fact = (label: string, value: string | null): readonly (readonly [string, string])[] =>
  value === null || value === '' ? [] : [[label, value]];

export const closingMessage = (closing: Closing): Message => {
  const { failure, restoreFailure } = closing;
  const worst = restoreFailure ?? failure;
  const { sentence, log } = splitLog(failure?.cause ?? '');
  return {
    tone: toneOf(closing),
    title: titleOf(closing),
    facts: [
      ...fact('Fleet', closing.fleet),
      ...fact('Failure', failure === null ? null : `${failure.name}: ${sentence}`),
      ...fact(
        'Putting back',
        restoreFailure === null
          ? null
          : `${restoreFailure.name}: ${restoreFailure.cause.split('\n')[0]?.slice(0, factLengthMax)}`,
      ),
      ...fact(
        'Serving',
        failure === null ? (closing.replacement ?? closing.keeper) : closing.keeper,
      ),
      ...fact('Retired', failure === null ? closing.incumbent : null),
      ...fact('Image', closing.image),
      ...fact('Took', `${closing.minutes} min`),
    ],
    ...(log === '' ? {} : { log }),
    ...(worst === null ? {} : { advice: adviceFor(worst.name) }),
  };
};
