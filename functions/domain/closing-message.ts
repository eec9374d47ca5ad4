import { adviceFor } from './advice.ts';
import type { ReadableFailure } from './failure-cause.ts';
import type { Message } from './message.ts';
import { type ProvenContent, provenWords } from './proven-content.ts';
import { missingContentWords } from './refill-messages.ts';
import type { JobDrain } from './sections.ts';

/** The result of a rebuild, heal or rollback of one proxy. */
export interface Closing {
  readonly proxy: string;
  readonly fleet: string;
  readonly reason: string;
  readonly failure: ReadableFailure | null;
  readonly incumbent: string | null;
  readonly replacement: string | null;
  /** The instance in service after a rollback; `null` if nothing was rolled back, or no instance was alive. */
  readonly survivor: string | null;
  /** False when no rebuild has ever verified what the survivor holds. */
  readonly isVerified: boolean;
  /** The refill of the survivor, with its task in Katello once it was started; `null` when none is owed. */
  readonly refill: { readonly taskId: string | null } | null;
  /** Why the rollback failed; `null` if it succeeded or was not needed. */
  readonly rollbackFailure: ReadableFailure | null;
  /** What else has failed and ended nothing. */
  readonly unlockFailure: ReadableFailure | null;
  readonly announcementFailure: ReadableFailure | null;
  /** Which certificate of the instance in service expires while it may still serve; `null` if none does. */
  readonly earlyExpiry: string | null;
  readonly refillFailure: ReadableFailure | null;
  /** `null` if it is not known when it began. */
  readonly minutes: number | null;
  readonly image: string | null;
  /** What was compared of the replacement's content; `null` if it has not passed the gate. */
  readonly proven: ProvenContent | null;
  /** Jobs that were still running when the replacement took over; `null` if nothing had to be waited for. */
  readonly drain: JobDrain | null;
}

const servingOf = ({ failure, reason, replacement, survivor, isVerified }: Closing) => {
  const isReplacement = failure === null && reason !== 'rollback' && replacement !== null;
  if (isReplacement) return replacement;
  return survivor === null || isVerified
    ? survivor
    : `${survivor}, never verified to be filled: the next sweep rebuilds it`;
};

const missingContentOf = ({ survivor, refill }: Closing): string | null =>
  survivor === null || refill === null ? null : missingContentWords(survivor, refill.taskId);

const rollbackOf = ({ survivor, incumbent }: Closing): string => {
  if (survivor === null) return '; nothing left to roll back';
  const serving =
    survivor === incumbent ? 'the old instance is serving' : `${survivor} is in service`;
  return ` and was rolled back; ${serving}`;
};

const resultOf = (closing: Closing): string => {
  const { reason, failure, rollbackFailure } = closing;
  if (rollbackFailure !== null) return 'ROLLBACK FAILED, act now';
  const attempt = reason === 'heal' ? 'heal' : 'rebuild';
  if (failure !== null) return `${attempt} failed${rollbackOf(closing)}`;
  if (reason === 'rollback') return 'rolled back after an interrupted rebuild or heal';
  return reason === 'heal' ? 'healed' : 'rebuilt';
};

const comparedOf = ({ failure, proven }: Closing): string | null =>
  failure === null && proven !== null ? provenWords(proven) : null;

const toneOf = ({ failure, rollbackFailure, earlyExpiry }: Closing): Message['tone'] => {
  if (rollbackFailure !== null) return 'bad';
  return failure === null && earlyExpiry === null ? 'good' : 'warning';
};

/** Foreman fails those of them that the old instance does not complete before Foreman asks the new one for them. */
const interruptedJobs = ({ failure, drain }: Closing): string | null => {
  if (failure !== null || drain === null || drain.jobs === 0) return null;
  const minutes = `after ${Math.round(drain.seconds / 60)} min`;
  if (drain.jobs === null) return `unknown: Katello did not say what was running ${minutes}`;
  return `${drain.jobs} ${drain.jobs === 1 ? 'job was' : 'jobs were'} interrupted, still running ${minutes}`;
};

const [logLinesMax, factLengthMax] = [20, 600];

/** After its first line, the cause of a failure may contain the end of a log. */
const splitLog = (cause: string): { readonly sentence: string; readonly log: string } => {
  const [sentence = '', ...log] = cause.split('\n');
  return { sentence: sentence.slice(0, factLengthMax), log: log.slice(-logLinesMax).join('\n') };
};

const fact = (label: string, value: string | null): readonly (readonly [string, string])[] =>
  value === null || value === '' ? [] : [[label, value]];

const named = (failure: ReadableFailure | null, then: string): string | null =>
  failure === null ? null : `${failure.name}: ${splitLog(failure.cause).sentence}; ${then}`;

export const closingMessage = (closing: Closing): Message => {
  const { failure, rollbackFailure } = closing;
  const worst = rollbackFailure ?? failure;
  const { sentence, log } = splitLog(failure?.cause ?? '');
  return {
    tone: toneOf(closing),
    title: `${closing.proxy}: ${resultOf(closing)}`,
    facts: [
      ...fact('Fleet', closing.fleet),
      ...fact('Failure', failure === null ? null : `${failure.name}: ${sentence}`),
      ...fact(
        'Rollback failure',
        rollbackFailure === null
          ? null
          : `${rollbackFailure.name}: ${rollbackFailure.cause.split('\n')[0]?.slice(0, factLengthMax)}`,
      ),
      ...fact('Serving', servingOf(closing)),
      ...fact('Content', missingContentOf(closing)),
      ...fact('Retired', failure === null ? closing.incumbent : null),
      ...fact('Compared', comparedOf(closing)),
      ...fact('Image', closing.image),
      ...fact('Certificates', closing.earlyExpiry),
      ...fact('Refill not started', named(closing.refillFailure, 'the controller tries again')),
      ...fact('Jobs', interruptedJobs(closing)),
      ...fact('Lock kept', named(closing.unlockFailure, 'the next execution takes it over')),
      ...fact(
        'Message not posted',
        named(closing.announcementFailure, 'an earlier one is missing'),
      ),
      ...fact('Took', closing.minutes === null ? null : `${closing.minutes} min`),
    ],
    ...(log === '' ? {} : { log }),
    ...(worst === null ? {} : { advice: adviceFor(worst.name) }),
  };
};
