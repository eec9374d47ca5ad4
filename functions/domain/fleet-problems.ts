import type { Check, FleetProblem } from './fleet-problems/check.ts';
import { featureChecks } from './fleet-problems/features.ts';
import { imageChecks } from './fleet-problems/image.ts';
import { limitChecks } from './fleet-problems/limits.ts';
import { nameChecks } from './fleet-problems/names.ts';
import { networkChecks } from './fleet-problems/network.ts';
import type { SoundFleet } from './fleet-problems/sound-fleet.ts';
import { windowChecks } from './fleet-problems/windows.ts';

const checks: readonly Check[] = [
  ...limitChecks,
  ...imageChecks,
  ...windowChecks,
  ...networkChecks,
  ...nameChecks,
  ...featureChecks,
];

/** Every contradiction between parts of a fleet file, each with its place and the fix. */
export const fleetProblems = (fleet: SoundFleet): readonly FleetProblem[] =>
  checks.flatMap((check) => check(fleet));
