import type { Fault } from '../faults/kinds.ts';
import type { Struck } from '../faults/sites.ts';
import type { SimulatedCase } from './case-run.ts';
import { fewest } from './fewest.ts';
import { type Simulated, simulateOne } from './simulate-one.ts';

/** One thing that went wrong in a run. */
type Wrong =
  | { readonly kind: 'mishap'; readonly struck: Struck }
  | { readonly kind: 'fault'; readonly fault: Fault };

const caseOf = (asked: SimulatedCase, wrongs: readonly Wrong[]): SimulatedCase => ({
  ...asked,
  mishaps: wrongs.flatMap((wrong) => (wrong.kind === 'mishap' ? [wrong.struck] : [])),
  faults: wrongs.flatMap((wrong) => (wrong.kind === 'fault' ? [wrong.fault] : [])),
});

/**
 * The case with the fewest things that have to go wrong for the same promise to be broken. `null`: it is
 * kept when all that went wrong is given.
 */
export const shrink = async (
  asked: SimulatedCase,
  { violations, struck, faults }: Simulated,
  attemptsMax: number,
): Promise<SimulatedCase | null> => {
  const broken = violations[0]?.invariant;
  const breaks = async (wrongs: readonly Wrong[]): Promise<boolean> => {
    const run = await simulateOne(caseOf(asked, wrongs));
    return run.violations.some(({ invariant }) => invariant === broken);
  };
  const all: readonly Wrong[] = [
    ...faults.map((fault): Wrong => ({ kind: 'fault', fault })),
    ...struck.map((each): Wrong => ({ kind: 'mishap', struck: each })),
  ];
  const left = await fewest(all, breaks, attemptsMax);
  return left === null ? null : caseOf(asked, left);
};
