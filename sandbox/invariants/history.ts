import { type FleetRun, fleetRunSchema } from '../../functions/domain/fleet-run.ts';
import { type Run, runSchema } from '../../functions/domain/run.ts';
import type { SimulatedExecution } from '../engine/execution.ts';

/** States that an execution has entered, oldest first. */
export const statesOf = ({ history }: SimulatedExecution): readonly string[] =>
  history.flatMap(({ kind, state }) => (kind === 'entered' ? [state] : []));

/** Whether an execution ended by itself: it was not stopped, and it has not timed out. */
export const endedByItself = ({ status }: SimulatedExecution): boolean =>
  status === 'SUCCEEDED' || status === 'FAILED';

const runSections = runSchema.pick({ request: true, plan: true, launch: true }).partial();
type Sections = Partial<Pick<Run, 'request' | 'plan' | 'launch'>>;

/** The record of a rebuild at the last state that has it in a readable shape. */
export const runOf = ({ history }: SimulatedExecution): Sections => {
  const last = history.findLast(({ data }) => runSections.safeParse(data).success);
  return last === undefined ? {} : (runSections.parse(last.data) as Sections);
};

const fleetSections = fleetRunSchema.pick({ plan: true, image: true }).partial({ image: true });

export interface FleetSections {
  readonly plan: FleetRun['plan'];
  readonly image?: FleetRun['image'] | undefined;
}

/** The record of a fleet's rebuild once it has a plan; `null` before. */
export const fleetRunOf = ({ history }: SimulatedExecution): FleetSections | null => {
  const last = history.findLast(({ data }) => fleetSections.safeParse(data).success);
  return last === undefined ? null : fleetSections.parse(last.data);
};
