import type { Phase } from '../../functions/domain/record.ts';
import type { MachineName } from '../../functions/domain/resource-names.ts';
import type { StepName } from '../../functions/steps/register.ts';
import type { State } from '../../statemachine/asl.ts';
import { definitions } from '../../statemachine/readers/definitions.ts';
import { releasesLock } from '../../statemachine/readers/lock.ts';
import { begins, isInPhase } from '../../statemachine/readers/phases.ts';
import { stepIn } from '../../statemachine/readers/tasks.ts';

type Holds = (state: State, title: string) => boolean;

/** The title of the first state of which something holds, so that no test types one. */
export const titleWhere = (machine: MachineName, holds: Holds): string => {
  const found = Object.entries(definitions[machine].States).find(([title, state]) =>
    holds(state, title),
  );
  if (found === undefined) throw new Error(`${machine} has no such state`);
  return found[0];
};

/** Where a step is run. */
export const taskOf = (machine: MachineName, step: StepName): string =>
  titleWhere(machine, (state) => stepIn(state) === step);

/** Where a phase of `rebuild-proxy` begins. */
export const beginningOf = (phase: Phase): string =>
  titleWhere('rebuild-proxy', (_, title) => begins(phase)(title));

/** Where the lock is given up at the end of a phase of `rebuild-proxy`. */
export const releaseAfter = (phase: Phase): string =>
  titleWhere('rebuild-proxy', (_, title) => releasesLock(title) && isInPhase(title, phase));
