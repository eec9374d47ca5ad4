import type { z } from 'zod';
import {
  counted,
  launched,
  planned,
  provisioned,
  restored,
  sectionsSchema,
  stoodBy,
} from './sections.ts';

/** The record as a step reads it: the sections that other steps waited for are ready. */
export const runSchema = sectionsSchema.extend({
  plan: planned,
  baseline: counted,
  launch: launched,
  provision: provisioned,
  standby: stoodBy,
  rollback: restored,
});

export type Run = z.infer<typeof runSchema>;

/** The stage of a run: filling the replacement before it serves, or with it in service. */
export const stageOf = (run: Pick<Run, 'phases'>): 'fill' | 'changeover' =>
  run.phases.changeover === undefined ? 'fill' : 'changeover';
