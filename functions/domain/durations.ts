import { type Phase, type ProxyRecord, phases } from './record.ts';
import type { Run } from './run.ts';

/** The number of rebuilds to learn from: enough for a median, few enough to follow changing content. */
const remembered = 5;

type Timed = Pick<Run, 'phases'> & { readonly admit?: Run['admit'] | undefined };

/** Seconds of a phase that were spent waiting for jobs. They do not count: the next rebuild may meet none. */
const drainSeconds = ({ admit }: Timed, phase: Phase): number =>
  phase === 'admit' ? (admit?.drain?.seconds ?? 0) : 0;

/** The seconds that each phase took: until the next one began, or until `endedAt` for the last one. */
export const phaseDurations = (run: Timed, endedAt: Date): Partial<Record<Phase, number>> => {
  const begun = phases
    .flatMap((phase) => {
      const startedAt = run.phases[phase]?.startedAt;
      return startedAt === undefined ? [] : [{ phase, at: Date.parse(startedAt) }];
    })
    .sort((a, b) => a.at - b.at);
  return Object.fromEntries(
    begun.map(({ phase, at }, index) => [
      phase,
      Math.round(((begun[index + 1]?.at ?? endedAt.getTime()) - at) / 1000) -
        drainSeconds(run, phase),
    ]),
  );
};

export const learnDurations = (
  known: ProxyRecord['durationsSeconds'],
  latest: Partial<Record<Phase, number>>,
): ProxyRecord['durationsSeconds'] =>
  Object.fromEntries(
    phases.flatMap((phase) => {
      const seconds = latest[phase];
      const all = [...(known[phase] ?? []), ...(seconds === undefined ? [] : [seconds])];
      return all.length === 0 ? [] : [[phase, all.slice(-remembered)]];
    }),
  );
