import type { SimulatedCase } from './case-run.ts';
import type { ProfileName } from './profiles.ts';

interface Series {
  readonly firstSeed: number;
  readonly runs: number;
  readonly profile: ProfileName;
}

/** Drawn worlds, one seed after the other, until there are enough or the time is over. */
export function* drawnCases(
  { firstSeed, runs, profile }: Series,
  isOver: () => boolean,
): Generator<SimulatedCase> {
  for (let run = 0; run < runs && !isOver(); run++)
    yield { seed: (firstSeed + run) % 2 ** 32, profile };
}
