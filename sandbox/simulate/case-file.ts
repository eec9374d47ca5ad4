import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { BadInput, plainWords, problemsOf, renderPath } from '../../config/problems.ts';
import { faultPhases, type ScheduledFault } from '../faults/fault.ts';
import { injectedFaultNames, scheduledFaultNames } from '../faults/kinds.ts';
import { awsServices, pathNames, services, tokenPlaces } from '../faults/sites.ts';
import type { SimulatedCase } from './case-run.ts';
import { profileNames } from './profiles.ts';

const seconds = z.number().min(0);

const scheduled = z.strictObject({
  fault: z.enum(scheduledFaultNames),
  proxy: z.string().optional(),
  at: z
    .union([
      z.strictObject({ seconds }),
      z.strictObject({ phase: z.enum(faultPhases), afterSeconds: seconds.optional() }),
    ])
    .optional(),
  forSeconds: seconds.optional(),
  times: z.int().min(1).optional(),
  service: z.enum(awsServices).optional(),
  action: z.string().optional(),
  target: z.enum(['incumbent', 'replacement']).optional(),
  path: z.enum(pathNames).optional(),
  first: z.enum(tokenPlaces).optional(),
} satisfies Record<keyof ScheduledFault, z.ZodType>);

const injected = z.strictObject({
  fault: z.enum(injectedFaultNames),
  service: z.enum(services),
  operation: z.string(),
  nth: z.int().min(1),
});

const fault = z
  // The name first, so that a misspelt fault is reported as such.
  .looseObject({ fault: z.enum([...scheduledFaultNames, ...injectedFaultNames]) })
  .pipe(z.discriminatedUnion('fault', [scheduled, injected]));

/** A case as `--replay` takes it: what `npm run simulate` writes of a run that broke a promise. */
const caseSchema = z.strictObject({
  seed: z.int().min(0).max(4_294_967_295),
  profile: z.enum(profileNames).optional(),
  layout: z.enum(['one-name', 'two-names']).optional(),
  faults: z.array(fault).optional(),
});

const parseJson = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BadInput([`${path}: cannot be read as JSON: ${reason}`]);
  }
};

/** Reads a case, or throws `BadInput` with everything that is wrong with it. */
export const readCase = (path: string): SimulatedCase => {
  const parsed = caseSchema.safeParse(parseJson(path), { error: plainWords });
  if (parsed.success) return parsed.data as SimulatedCase;
  throw new BadInput(
    problemsOf(parsed.error.issues).map(
      (problem) => `${path}: ${renderPath(problem.path) || 'the whole'}: ${problem.text}`,
    ),
  );
};

export const renderCase = (simulated: SimulatedCase): string =>
  `${JSON.stringify(simulated, null, 2)}\n`;
