import type { TaskResult, TaskState } from '../../functions/domain/task.ts';
import type { Capsule } from './capsule.ts';

/** A task of foreman-tasks. What runs it changes its fields. */
export interface SimulatedTask {
  readonly id: string;
  readonly label: string;
  readonly action: string;
  readonly username: string;
  readonly startedAt: number;
  readonly capsule: Capsule;
  /** Whether Foreman links it to its Smart Proxy, and so finds it by resource. */
  readonly isLinked: boolean;
  /** Of its execution plan. */
  readonly steps: number;
  readonly input: Readonly<Record<string, unknown>>;
  endedAt: number | null;
  state: TaskState;
  result: TaskResult;
  progress: number;
  errors: readonly string[];
}

/** What runs a task, and can be stopped. */
export interface TaskRun {
  /** Has an effect on what runs at this moment alone, as in Dynflow. */
  cancel(): boolean;
  /** Ends it with that result, unless it has ended. */
  halt(result: TaskResult): boolean;
  /** The executor is restarted: nothing moves for a while, then it resumes. */
  interrupt(seconds: number): void;
}

/** All tasks that Foreman still knows, oldest first. */
export class Tasks {
  readonly #tasks = new Map<string, { readonly task: SimulatedTask; readonly run: TaskRun }>();

  add(task: SimulatedTask, run: TaskRun): void {
    this.#tasks.set(task.id, { task, run });
  }

  get(id: string): SimulatedTask | undefined {
    return this.#tasks.get(id)?.task;
  }

  run(id: string): TaskRun | undefined {
    return this.#tasks.get(id)?.run;
  }

  newestFirst(): readonly SimulatedTask[] {
    return [...this.#tasks.values()].map(({ task }) => task).reverse();
  }

  /** As the clean-up of old tasks does. */
  forget(id: string): void {
    this.#tasks.delete(id);
  }
}

/** Ends a task; a second end changes nothing. */
export const end = (task: SimulatedTask, result: TaskResult, at: number): void => {
  if (task.state === 'stopped') return;
  task.state = 'stopped';
  task.result = result;
  task.endedAt = at;
};
