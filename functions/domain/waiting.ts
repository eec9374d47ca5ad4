import { z } from 'zod';
import { NamedFailure } from './failures.ts';
import { nextLookSeconds } from './pacing.ts';
import { type Limited, type Patience, patience } from './patience.ts';
import type { Phase } from './record.ts';

/** A step's answer while something is missing: when to check again, and what is missing. */
export const waitingSchema = z.object({
  status: z.literal('waiting'),
  waitSeconds: z.int(),
  waitingFor: z.string(),
});
export type Waiting = z.infer<typeof waitingSchema>;

const looked = waitingSchema.pick({ waitingFor: true });

/** What a step's answer says it is waiting for; `null` when it is ready. */
export const waitingForIn = (answer: unknown): string | null =>
  looked.safeParse(answer).data?.waitingFor ?? null;

export type LimitedPhase = Limited & Phase;

/** The parts of an execution's record that tell when a phase began and how long it took in the past. */
interface Progress {
  readonly phases: { readonly [Each in Phase]?: { readonly startedAt: string } };
  readonly plan?: { readonly expectedSeconds: { readonly [Each in Phase]?: number } };
}

export const elapsedSeconds = ({ phases }: Progress, phase: Phase, now: Date): number => {
  const startedAt = phases[phase]?.startedAt;
  return startedAt === undefined ? 0 : Math.max(0, (now.getTime() - Date.parse(startedAt)) / 1000);
};

/** The text is for a person reading the console, next to everything else in the record. */
const wordsMax = 200;

const shortened = (words: string): string => {
  const characters = [...words];
  return characters.length <= wordsMax ? words : `${characters.slice(0, wordsMax - 1).join('')}…`;
};

export const waiting = (waitSeconds: number, waitingFor: string): Waiting => ({
  status: 'waiting',
  waitSeconds,
  waitingFor: shortened(waitingFor),
});

const lookAgain = (
  limited: Limited,
  elapsedSeconds: number,
  expectedSeconds: number | undefined,
  waitingFor: string,
): Waiting => {
  const { limitSeconds, failure, lookSeconds, firstTimeSeconds }: Patience = patience[limited];
  if (elapsedSeconds > limitSeconds) {
    const minutes = Math.round(elapsedSeconds / 60);
    throw new NamedFailure(failure, `still after ${minutes} minutes: ${waitingFor}`);
  }
  const pace = { elapsedSeconds, expectedSeconds: expectedSeconds ?? firstTimeSeconds ?? null };
  return waiting(lookSeconds ?? nextLookSeconds(pace), waitingFor);
};

/**
 * The answer of a step that has to check again; throws the phase's failure once its time is up. `otherSeconds` are
 * those at the beginning of the phase that were spent on something else.
 */
export const notYet = (
  run: Progress,
  phase: LimitedPhase,
  now: Date,
  waitingFor: string,
  otherSeconds = 0,
): Waiting => {
  const elapsed = elapsedSeconds(run, phase, now) - otherSeconds;
  return lookAgain(phase, elapsed, run.plan?.expectedSeconds[phase], waitingFor);
};

/** As `notYet`, for waits with a limit of their own. */
export const notYetAfter = (
  elapsedSeconds: number,
  limited: Exclude<Limited, Phase>,
  waitingFor: string,
): Waiting => lookAgain(limited, elapsedSeconds, undefined, waitingFor);

/**
 * As `notYet`, limited by the seconds that its step has waited between checks, as stored in the section: time
 * in which no check completed gives no information about what is waited for.
 */
export const notYetWaited = (
  section: { readonly status: string; readonly waitedSeconds?: number } | undefined,
  limited: 'control' | 'fence',
  waitingFor: string,
): Waiting & { readonly waitedSeconds: number } => {
  const waitedSeconds = section?.waitedSeconds ?? 0;
  const answer = notYetAfter(waitedSeconds, limited, waitingFor);
  return { ...answer, waitedSeconds: waitedSeconds + answer.waitSeconds };
};

/** The answer of a step that is ready. */
export const ready = <Facts extends object>(
  facts: Facts = {} as Facts,
): { readonly status: 'ready' } & Facts => ({ status: 'ready', ...facts });
