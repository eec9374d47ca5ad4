import { type Phase, phases } from '../../functions/domain/record.ts';
import { pathTo } from '../record-path.ts';
import { definitions, successorsOf } from './definitions.ts';

const { States: states } = definitions['rebuild-proxy'];

const begun: ReadonlyMap<string, Phase> = new Map(
  Object.entries(states).flatMap(([title, state]) => {
    if (state.Type !== 'Pass') return [];
    const phase = phases.find((name) => state.ResultPath === pathTo(`phases.${name}`));
    return phase === undefined ? [] : [[title, phase] as const];
  }),
);

/** The phase that a state of `rebuild-proxy` begins. */
export const phaseBegunBy = (title: string): Phase | null => begun.get(title) ?? null;

/** Whether a state of `rebuild-proxy` begins one of these phases. */
export const begins =
  (...names: readonly Phase[]) =>
  (title: string): boolean =>
    names.some((name) => name === phaseBegunBy(title));

/** Titles of the states reachable from one state, up to where other phases begin. */
const within = (title: string, met = new Set<string>()): ReadonlySet<string> => {
  met.add(title);
  for (const next of successorsOf(states[title] ?? { Type: 'Succeed' }))
    if (!met.has(next) && !begun.has(next)) within(next, met);
  return met;
};

/** Whether an execution of `rebuild-proxy` can be in a phase while it is in a state. */
export const isInPhase = (title: string, phase: Phase): boolean =>
  [...begun].some(([beginning, name]) => name === phase && within(beginning).has(title));
