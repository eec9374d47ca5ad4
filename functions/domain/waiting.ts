import { z } from 'zod';
import { NamedFailure } from './failures.ts';
import { nextLookSeconds } from './pacing.ts';
import { type Limited, type Patience, patience } from './patience.ts';
import type { Phase } from './record.ts';

/** What a step answers while something is missing: how long until the next look, and what is missing. */
export const waitingSchema = z.object({
  status: z.literal('waiting'),
  waitSeconds: z.int(),
  waitingFor: z.string(),
});
export type Waiting = z.infer<typeof waitingSchema>;

export type LimitedPhase = Limited & Phase;

/** Of an execution's record, what tells when a phase began and what it took in the past. */
interface Progress {
  readonly phases: { readonly [Each in Phase]?: { readonly startedAt: string } };
  readonly plan?: { readonly expectedSeconds: { readonly [Each in Phase]?: number } };
}

export const elapsedSeconds = ({ phases }: Progress, phase: Phase, now: Date): number => {
  const startedAt = phases[phase]?.startedAt;
  return startedAt === undefined ? 0 : Math.max(0, (now.getTime() - Date.parse(startedAt)) / 1000);
};

/** A person reads the words in the console, beside everything else that the record holds. */
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

/** The answer of a step that has to look again; once the time of its phase is over, the phase's failure. */
export const notYet = (
  run: Progress,
  phase: LimitedPhase,
  now: Date,
  waitingFor: string,
): Waiting =>
  lookAgain(phase, elapsedSeconds(run, phase, now), run.plan?.expectedSeconds[phase], waitingFor);

/** As `notYet`, of what has a time of its own. */
export const notYetAfter = (
  elapsedSeconds: number,
  limited: Exclude<Limited, Phase>,
  waitingFor: string,
): Waiting => lookAgain(limited, elapsedSeconds, undefined, waitingFor);

/**
 * As `notYet`, of what is given up by the seconds that its step has waited between looks, which the section
 * keeps: time in which no look came to an end says nothing about what is waited for.
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

/** The answer of a step that has nothing to wait for any more. */
export const ready = <Facts extends object>(
  facts: Facts = {} as Facts,
): { readonly status: 'ready' } & Facts => ({ status: 'ready', ...facts });
