/** States and results of a Foreman task, by their names in foreman-tasks. */
export const taskStates = [
  'scheduled',
  'pending',
  'planning',
  'planned',
  'running',
  'paused',
  'stopped',
] as const;
export type TaskState = (typeof taskStates)[number];

export const taskResults = ['pending', 'success', 'warning', 'error', 'cancelled'] as const;
export type TaskResult = (typeof taskResults)[number];

/** One Foreman task. `progress` is 0 to 1 and not monotonic. */
export interface ForemanTask {
  readonly id: string;
  readonly state: TaskState;
  readonly result: TaskResult;
  readonly progress: number;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  /** The errors that Foreman shows to people; never contains a secret. */
  readonly errors: readonly string[];
  /** The `X-Request-Id` of the request that started it, where the server kept it. */
  readonly requestId: string | null;
}

/** How long a task ran; `undefined` until it has ended. */
export const tookSeconds = ({ startedAt, endedAt }: ForemanTask): number | undefined =>
  startedAt === null || endedAt === null
    ? undefined
    : (endedAt.getTime() - startedAt.getTime()) / 1000;

/** Nothing happens any more unless a person acts. `paused/pending` means that an executor is restarting. */
export const hasEnded = (task: ForemanTask): boolean =>
  task.state === 'stopped' || (task.state === 'paused' && task.result !== 'pending');

/** Only `stopped/success` is success. */
export const hasSucceeded = (task: ForemanTask): boolean =>
  task.state === 'stopped' && task.result === 'success';
