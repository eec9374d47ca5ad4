import type { z } from 'zod';
import { launched, planned, restored, sectionsSchema, stoodBy } from './sections.ts';

/** The record as a step finds it: what others wait for is ready by then. */
export const runSchema = sectionsSchema.extend({
  plan: planned,
  launch: launched,
  standby: stoodBy,
  rollback: restored,
});

export type Run = z.infer<typeof runSchema>;

/** The stage that a run is in: the replacement is filled before it serves, or it serves already. */
export const stageOf = (run: Pick<Run, 'phases'>): 'fill' | 'changeover' =>
  run.phases.changeover === undefined ? 'fill' : 'changeover';
