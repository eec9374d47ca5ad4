import type { MachineName } from '../../functions/domain/resource-names.ts';
import { pathTo } from '../record-path.ts';
import { definitions } from './definitions.ts';

/** The section that a state of `rebuild-proxy` writes, which is the answer of its step. */
export const sectionWrittenBy = (title: string): string | null => {
  const state = definitions['rebuild-proxy'].States[title];
  const path = state?.Type === 'Task' ? state.ResultPath : null;
  return /^\$\.(\w+)$/.exec(path ?? '')?.[1] ?? null;
};

/** Whether an execution of `rebuild-fleet` is waiting for its maintenance window and has changed nothing yet. */
export const waitsForWindow = (title: string): boolean => {
  const state = definitions['rebuild-fleet'].States[title];
  return state?.Type === 'Wait' && state.TimestampPath === pathTo('plan.startAt');
};

/** Whether an execution stays in a state for a while, so that the title describes what is going on. */
export const takesTime = (machine: MachineName, title: string): boolean =>
  ['Task', 'Wait', 'Map'].includes(definitions[machine].States[title]?.Type ?? '');

/** States inside a map say nothing about the progress of the whole execution. */
export const isOuterState = (machine: MachineName, title: string): boolean =>
  Object.hasOwn(definitions[machine].States, title);
