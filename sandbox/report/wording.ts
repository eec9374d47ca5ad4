import { count, duration, plural } from '../../terminal/figures.ts';
import type { ProxyOutcome, RunResult } from '../run/story.ts';

/** How good an outcome is for the operator. */
export type Tone = 'good' | 'bad' | 'neutral';

export const outcomeTone: Readonly<Record<ProxyOutcome, Tone>> = {
  rebuilt: 'good',
  healed: 'good',
  'rolled-back': 'bad',
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

const renewedWords = ({ proxies }: RunResult): string =>
  proxies.some(({ outcome }) => outcome === 'healed') ? 'rebuilt or healed' : 'rebuilt';

const outageWords = ({ proxies }: RunResult): string => {
  const seconds = proxies.reduce((sum, { clientSeconds }) => sum + clientSeconds.down, 0);
  return seconds === 0 ? '' : `, with an outage of ${duration(seconds)}`;
};

/** The run in one sentence. */
export const verdict = (result: RunResult): string => {
  const took = duration(result.virtualSeconds);
  const renewed = result.proxies.filter(({ outcome }) => outcomeTone[outcome] === 'good').length;
  const all = plural(result.proxies.length, 'proxy', 'proxies');
  if (result.outcome === 'nothing-due') return `Nothing due: ${all} checked`;
  const done = `${count(renewed)} of ${all} ${renewedWords(result)}`;
  return result.outcome === 'succeeded'
    ? `Succeeded${outageWords(result)}: ${done} in ${took} of virtual time`
    : `Failed${outageWords(result)}: ${done} after ${took} of virtual time`;
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
