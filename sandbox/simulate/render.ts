import {
  type Fault,
  type InjectedFault,
  isInjected,
  type ScheduledFault,
} from '../faults/fault.ts';
import type { SimulatedCase } from './case-run.ts';
import type { Simulated } from './simulate-one.ts';

const when = ({ at }: ScheduledFault): string => {
  if (at === undefined) return 'from the start';
  if ('seconds' in at) return `at ${Math.round(at.seconds)} s`;
  return `${Math.round(at.afterSeconds ?? 0)} s into ${at.phase}`;
};

const renderScheduled = (fault: ScheduledFault): string =>
  [
    fault.fault,
    fault.service ?? '',
    fault.proxy === undefined ? '' : `of ${fault.proxy}`,
    when(fault),
    fault.forSeconds === undefined ? '' : `for ${Math.round(fault.forSeconds)} s`,
  ]
    .filter((part) => part !== '')
    .join(' ');

const renderInjected = ({ fault, service, operation, nth }: InjectedFault): string =>
  `${fault}: ${service} ${operation}, call ${nth}`;

/** What goes wrong in a run, a line each. */
export const renderFaults = (faults: readonly Fault[]): readonly string[] =>
  faults.map((fault) => (isInjected(fault) ? renderInjected(fault) : renderScheduled(fault)));

const heading = ({ seed, profile, layout }: SimulatedCase): string =>
  [`seed ${seed}`, profile ?? '', layout ?? ''].filter((part) => part !== '').join(', ');

/** What is known of a run: what it broke, and what happened last. */
export const renderRun = (asked: SimulatedCase, { violations, lastEvents }: Simulated): string =>
  [
    `\n${heading(asked)}:`,
    ...violations.map(
      ({ invariant, atSeconds, proxy, text }) =>
        `  ${invariant} at ${Math.round(atSeconds)} s, ${proxy ?? 'fleet'}: ${text}`,
    ),
    '  last events:',
    ...lastEvents.map((line) => `    ${line}`),
  ].join('\n');
