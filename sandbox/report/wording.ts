import { count, duration, plural } from '../../terminal/figures.ts';
import type { ProxyOutcome, RunResult } from '../run/story.ts';

/** How an outcome reads to the person who waits for it: as wanted, against it, or neither. */
export type Tone = 'good' | 'bad' | 'neutral';

export const outcomeTone: Readonly<Record<ProxyOutcome, Tone>> = {
  rebuilt: 'good',
  healed: 'good',
  restored: 'bad',
  failed: 'bad',
  'not-attempted': 'neutral',
  'not-due': 'neutral',
};

export const outcomeWords = (outcome: ProxyOutcome): string => outcome.replaceAll('-', ' ');

export const runTone: Readonly<Record<RunResult['outcome'], Tone>> = {
  succeeded: 'good',
  failed: 'bad',
  'nothing-due': 'neutral',
};

/** The run in one sentence. */
export const verdict = (result: RunResult): string => {
  const took = duration(result.virtualSeconds);
  const renewed = result.proxies.filter(({ outcome }) => outcomeTone[outcome] === 'good').length;
  const all = plural(result.proxies.length, 'proxy', 'proxies');
  if (result.outcome === 'nothing-due') return `Nothing was due: ${all} looked at`;
  return result.outcome === 'succeeded'
    ? `Succeeded: ${count(renewed)} of ${all} renewed in ${took} of virtual time`
    : `Failed after ${took} of virtual time: ${count(renewed)} of ${all} renewed`;
};

export const invariantsLine = ({ invariants }: RunResult): string => {
  const checks = plural(invariants.checked, 'check');
  const { length } = invariants.violations;
  return length === 0 ? `${checks}, no violation` : `${checks}, ${plural(length, 'VIOLATION')}`;
};

/** What the run would have cost in calls, each with its unit. */
export const costItems = ({ cost }: RunResult): readonly (readonly [number, string])[] => [
  [cost.stateTransitions, 'state transitions'],
  [cost.functionInvocations, 'function invocations'],
  [cost.awsCalls, 'AWS calls'],
  [cost.katelloCalls, 'Katello calls'],
];
