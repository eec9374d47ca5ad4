/** States and results of a Foreman task, as foreman-tasks names them. */
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

/** One Foreman task, in our words. `progress` is 0 to 1 and not monotonic. */
export interface ForemanTask {
  readonly id: string;
  readonly state: TaskState;
  readonly result: TaskResult;
  readonly progress: number;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  /** What Foreman tells a person; never holds a secret. */
  readonly errors: readonly string[];
  /** The `X-Request-Id` of the request that started it, where the server kept it. */
  readonly requestId: string | null;
}

/** Nothing moves any more unless a person acts. `paused/pending` is an executor being restarted. */
export const hasEnded = (task: ForemanTask): boolean =>
  task.state === 'stopped' || (task.state === 'paused' && task.result !== 'pending');

/** `stopped/success` alone is success. */
export const hasSucceeded = (task: ForemanTask): boolean =>
  task.state === 'stopped' && task.result === 'success';
