import type { MachineName } from '../../functions/domain/resource-names.ts';
import { pathTo } from '../record-path.ts';
import { definitions } from './definitions.ts';

/** The section that a state of `rebuild-proxy` writes, which is the answer of the step that it runs. */
export const sectionWrittenBy = (title: string): string | null => {
  const state = definitions['rebuild-proxy'].States[title];
  const path = state?.Type === 'Task' ? state.ResultPath : null;
  return /^\$\.(\w+)$/.exec(path ?? '')?.[1] ?? null;
};

/** Whether an execution of `rebuild-fleet` has begun nothing yet, and waits for its window. */
export const waitsForWindow = (title: string): boolean => {
  const state = definitions['rebuild-fleet'].States[title];
  return state?.Type === 'Wait' && state.TimestampPath === pathTo('plan.startAt');
};

/** Whether an execution stays in a state for a while, so that it says what is being done. */
export const takesTime = (machine: MachineName, title: string): boolean =>
  ['Task', 'Wait', 'Map'].includes(definitions[machine].States[title]?.Type ?? '');

/** Not inside of a map, whose states say nothing of how far the whole execution is. */
export const isOuterState = (machine: MachineName, title: string): boolean =>
  Object.hasOwn(definitions[machine].States, title);
