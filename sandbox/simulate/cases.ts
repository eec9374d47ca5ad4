import type { SimulateIntention } from './options.ts';
import type { SimulatedCase } from './simulate-one.ts';

/** Drawn worlds, one seed after the other, until there are enough or the time is over. */
export function* drawnCases(
  { firstSeed, runs, profile }: Pick<SimulateIntention, 'firstSeed' | 'runs' | 'profile'>,
  isOver: () => boolean,
): Generator<SimulatedCase> {
  for (let run = 0; run < runs && !isOver(); run++)
    yield { seed: (firstSeed + run) % 2 ** 32, profile };
}
