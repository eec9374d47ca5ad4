import type { MachineName } from '../../functions/domain/resource-names.ts';
import { pathTo } from '../record-path.ts';
import { definitions, statesIn } from './definitions.ts';
import { stepIn } from './tasks.ts';

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

const rebuildStates = statesIn(definitions['rebuild-proxy']);

const waitsBefore = (next: string): readonly string[] =>
  rebuildStates.flatMap(([title, state]) =>
    state.Type === 'Wait' && state.Next === next ? [title] : [],
  );

/** The check of a refill, the choice that follows it, and the wait before the next one. */
const ofRefill: ReadonlySet<string> = new Set(
  rebuildStates.flatMap(([title, state]) =>
    state.Type === 'Task' && stepIn(state) === 'checkRefill'
      ? [title, state.Next, ...waitsBefore(title)]
      : [],
  ),
);

/** Whether an execution of `rebuild-proxy` only follows a refill: its rollback is complete, and it has no lock. */
export const followsRefill = (title: string): boolean => ofRefill.has(title);

/** Whether an execution stays in a state for a while, so that the title describes what is going on. */
export const takesTime = (machine: MachineName, title: string): boolean =>
  ['Task', 'Wait', 'Map'].includes(definitions[machine].States[title]?.Type ?? '');

/** States inside a map do not show the progress of the whole execution. */
export const isOuterState = (machine: MachineName, title: string): boolean =>
  Object.hasOwn(definitions[machine].States, title);
