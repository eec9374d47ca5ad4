import { nextLookSeconds } from '../domain/pacing.ts';
import { type Run, stageOf } from '../domain/run.ts';
import type { ForemanTask } from '../domain/task.ts';
import { elapsedSeconds, type Waiting, waiting } from '../domain/waiting.ts';

/** When to check a running sync again, by past rebuilds and by its progress. */
export const nextSyncLook = (
  run: Pick<Run, 'phases' | 'plan'>,
  { state, progress }: Pick<ForemanTask, 'state' | 'progress'>,
  now: Date,
): Waiting => {
  const stage = stageOf(run);
  const pace = {
    elapsedSeconds: elapsedSeconds(run, stage, now),
    expectedSeconds: run.plan.expectedSeconds[stage] ?? null,
    progress,
  };
  const words = `Katello's sync is ${state}, ${Math.round(progress * 100)} %`;
  return waiting(nextLookSeconds(pace), words);
};
