import type { SimulatedCase } from './case-run.ts';
import { fewest } from './fewest.ts';
import { type Simulated, simulateOne } from './simulate-one.ts';

/**
 * The case with the fewest faults that have to strike for the same promise to be broken. `null`: it is kept
 * when all faults are given.
 */
export const shrink = async (
  asked: SimulatedCase,
  { violations, faults }: Simulated,
  attemptsMax: number,
): Promise<SimulatedCase | null> => {
  const broken = violations[0]?.invariant;
  const left = await fewest(
    faults,
    async (some) => {
      const run = await simulateOne({ ...asked, faults: some });
      return run.violations.some(({ invariant }) => invariant === broken);
    },
    attemptsMax,
  );
  return left === null ? null : { ...asked, faults: left };
};
