import type { SimulatedTask } from './task.ts';

/** How Foreman writes instants: in the time zone of the user, not in ISO 8601. */
export type UtcOffset = 'UTC' | `${'+' | '-'}${number}`;

const offsetMinutes = (offset: UtcOffset): number => {
  if (offset === 'UTC') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3, 5));
  return offset.startsWith('-') ? -minutes : minutes;
};

export const renderInstant = (at: number | null, offset: UtcOffset): string | null => {
  if (at === null) return null;
  const local = new Date(at + offsetMinutes(offset) * 60_000).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 19)} ${offset}`;
};

/** As in 202 answers and nested in a sync status. */
export const renderTask = (task: SimulatedTask, offset: UtcOffset) => ({
  id: task.id,
  label: task.label,
  pending: task.state !== 'stopped',
  action: task.action,
  username: task.username,
  started_at: renderInstant(task.startedAt, offset),
  ended_at: renderInstant(task.endedAt, offset),
  state: task.state,
  result: task.result,
  progress: task.progress,
  input: task.input,
  output: {},
  humanized: {
    action: task.action.split(" '")[0],
    input: [`'${task.capsule.description.name}'`],
    output: '',
    errors: task.errors,
  },
  cli_example: null,
  start_at: renderInstant(task.startedAt, offset),
  available_actions: {
    cancellable: task.state === 'running',
    resumable: task.state === 'paused',
  },
});

/** As in answers to GET, where the duration is shown too. */
export const renderTaskWithDuration = (task: SimulatedTask, offset: UtcOffset, now: number) => ({
  ...renderTask(task, offset),
  duration: (((task.endedAt ?? now) - task.startedAt) / 1000).toFixed(6),
});
