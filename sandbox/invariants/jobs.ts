import { phaseBegunBy } from '../../statemachine/readers/phases.ts';
import type { SimulatedExecution } from '../engine/execution.ts';
import type { Job } from '../katello/jobs.ts';
import { runOf } from './history.ts';
import { type Invariant, perProxy, type Snapshot } from './snapshot.ts';

/** By how much the clock of the functions may be fast. */
const clockStepSeconds = 420;

/** When an execution last began to admit its replacement. */
const beginOfAdmission = ({ history }: SimulatedExecution): number | null =>
  history
    .findLast(({ kind, state }) => kind === 'entered' && phaseBegunBy(state) === 'admit')
    ?.at.getTime() ?? null;

/** Of the fleet file, read without the product's own code. */
const settingsOf = ({ world: { fleet } }: Snapshot, name: string) => {
  const own = fleet.proxies.find((proxy) => proxy.name === name)?.jobs;
  return {
    drainSeconds: (own?.drainMinutes ?? fleet.jobs.drainMinutes) * 60,
    continues: (own?.afterwards ?? fleet.jobs.afterwards) === 'continue',
  };
};

/** It ran when the controller began to admit the replacement, and still ran when that was let in. */
const wasInterrupted =
  (begunAt: number, admittedAt: number) =>
  ({ task }: Job): boolean =>
    task.startedAt < begunAt && (task.endedAt === null || task.endedAt > admittedAt);

const interruptedBy = (
  snapshot: Snapshot,
  proxy: string,
  execution: SimulatedExecution,
): readonly Job[] => {
  const { request, plan, launch } = runOf(execution);
  const begunAt = beginOfAdmission(execution);
  const groups = [...snapshot.world.aws.groups.values()];
  const group = groups.find(({ settings }) => settings.proxy === proxy);
  const admittedAt = group?.member(launch?.instanceId ?? '')?.admittedAt ?? null;
  const incumbentId = plan?.incumbent?.id;
  if (begunAt === null || admittedAt === null || incumbentId === undefined) return [];
  if (request?.reason === 'heal' || admittedAt < begunAt) return [];
  const { drainSeconds, continues } = settingsOf(snapshot, proxy);
  const isOver = (admittedAt - begunAt) / 1000 >= drainSeconds - clockStepSeconds;
  if (isOver && continues) return [];
  return snapshot.world.katello.jobs
    .sentTo(incumbentId)
    .filter(wasInterrupted(begunAt, admittedAt));
};

/** An old answer may have had no jobs, or a late call may have let the replacement in later than it decided to. */
const isMisled = (misledBy: Snapshot['misledBy']): boolean =>
  misledBy.has('katello') || misledBy.has('autoscaling');

/** A planned rebuild lets its replacement in only when the jobs of the incumbent have ended, or have had their time. */
export const jobsAreDrained: Invariant = {
  name: 'jobs-are-drained',
  check: perProxy((snapshot, proxy) => {
    const { disturbed, misledBy, executions, holders } = snapshot;
    if (disturbed.has(proxy) || isMisled(misledBy)) return null;
    const holding = executions.all().filter(({ arn }) => holders.get(proxy)?.has(arn));
    const jobs = holding.flatMap((execution) => interruptedBy(snapshot, proxy, execution));
    return jobs.length > 0 ? `${jobs.length} running jobs were interrupted too early` : null;
  }),
};
