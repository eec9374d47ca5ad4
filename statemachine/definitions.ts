import { readFileSync } from 'node:fs';
import { type Phase, phases } from '../functions/domain/record.ts';
import type { MachineName } from '../functions/domain/resource-names.ts';

interface AslState {
  readonly Type: string;
  readonly Resource?: string;
  readonly ResultPath?: string | null;
  readonly TimestampPath?: string;
}

/** The very file that is deployed, with its placeholders. */
export const readStateMachine = (machine: MachineName): string =>
  readFileSync(new URL(`./${machine}.asl.json`, import.meta.url), 'utf8');

const statesOf = (machine: MachineName): Readonly<Record<string, AslState>> =>
  (JSON.parse(readStateMachine(machine)) as { States: Record<string, AslState> }).States;

const states: Readonly<Record<MachineName, Readonly<Record<string, AslState>>>> = {
  'rebuild-fleet': statesOf('rebuild-fleet'),
  'rebuild-proxy': statesOf('rebuild-proxy'),
};

const stateOfProxy = (name: string): AslState | undefined => states['rebuild-proxy'][name];

/** The phase that a state begins: a `Pass` that writes `$.phases.<phase>`. */
export const phaseBegunBy = (name: string): Phase | null => {
  const state = stateOfProxy(name);
  if (state?.Type !== 'Pass') return null;
  return phases.find((phase) => state.ResultPath === `$.phases.${phase}`) ?? null;
};

export const stateNames = (machine: MachineName): readonly string[] => Object.keys(states[machine]);

/** The name of the step that a state runs. */
export const stepRunBy = (name: string): string | null =>
  /^\$\{(\w+)\}$/.exec(stateOfProxy(name)?.Resource ?? '')?.[1] ?? null;

/** Whether a state writes the section `sync` of the run. */
export const writesSync = (name: string): boolean => stateOfProxy(name)?.ResultPath === '$.sync';

/** Whether an execution of `rebuild-fleet` has begun nothing yet, and waits for its window. */
export const waitsForWindow = (name: string): boolean =>
  states['rebuild-fleet'][name]?.TimestampPath === '$.plan.startAt';

/** Whether an execution stays in a state for a while, so that it says what is being done. */
export const takesTime = (machine: MachineName, name: string): boolean =>
  ['Task', 'Wait', 'Map'].includes(states[machine][name]?.Type ?? '');

/** Not inside of a map, whose states say nothing of how far the whole execution is. */
export const isOuterState = (machine: MachineName, name: string): boolean =>
  Object.hasOwn(states[machine], name);
