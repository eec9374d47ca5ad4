import {
  ExecutionAbortedError,
  ExecutionTimeoutError,
  StateMachine,
  type StateMachineDefinition,
} from 'aws-local-stepfunctions';
import type { MachineName } from '../../functions/domain/resource-names.ts';
import type { Scope } from '../../statemachine/asl.ts';
import { tasksIn } from '../../statemachine/readers/definitions.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { HistoryLimit, historyIsFull } from './history-limit.ts';
import { type Json, type LoggedEvent, type StateEvent, stateEventOf } from './state-event.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED' | 'TIMED_OUT';

/** Does what a task's resource does; rejects with an error whose name Step Functions would match. */
export type TaskRunner = (resource: string, input: Json, execution: Execution) => Promise<Json>;

export interface ExecutionWatcher {
  entered(execution: Execution, stateName: string): void;
  retried(execution: Execution): void;
  ended(execution: Execution): void;
}

type Surroundings = readonly [kernel: Kernel, runTask: TaskRunner, watcher: ExecutionWatcher];

const never: Promise<Json> = new Promise(() => undefined);

const statusOf = (error: Error): ExecutionStatus => {
  if (error instanceof ExecutionAbortedError) return 'ABORTED';
  return error instanceof ExecutionTimeoutError ? 'TIMED_OUT' : 'FAILED';
};

/** One execution of a state machine, interpreted by aws-local-stepfunctions. */
export class Execution {
  readonly arn: string;
  readonly machine: MachineName;
  readonly name: string;
  readonly input: Json;
  readonly startedAt: Date;
  status: ExecutionStatus = 'RUNNING';
  stoppedAt: Date | null = null;
  output: Json = null;
  error: { readonly name: string; readonly cause: string } | null = null;
  /** Oldest first, as `GetExecutionHistory` gives it; tasks' own events are left out. */
  readonly history: StateEvent[] = [];
  readonly #limit = new HistoryLimit();
  /** How often it was run: once, and once more for each redrive. */
  #runs = 0;
  #isStopped = false;
  #abort: () => void = () => undefined;

  constructor(machine: MachineName, machineArn: string, name: string, input: Json, now: Date) {
    this.machine = machine;
    this.arn = `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    this.name = name;
    this.input = input;
    this.startedAt = now;
  }

  /** As `RedriveExecution`: goes on with the state in which it has ended, and with what that was given. */
  redrive(definition: Scope, ...rest: Surroundings): Promise<void> {
    const last = this.history.findLast(({ kind }) => kind === 'entered');
    this.status = 'RUNNING';
    this.stoppedAt = null;
    this.error = null;
    this.#isStopped = false;
    return last === undefined
      ? this.run(definition, ...rest)
      : this.#interpret({ ...definition, StartAt: last.state }, last.data, ...rest);
  }

  run(definition: Scope, ...rest: Surroundings): Promise<void> {
    return this.#interpret(definition, this.input, ...rest);
  }

  #interpret(
    definition: Scope,
    input: Json,
    ...[kernel, runTask, watcher]: Surroundings
  ): Promise<void> {
    this.#runs += 1;
    const run = this.#runs;
    const handlers = tasksIn(definition).map(([title, { Resource }]) => [
      title,
      (given: Json) => (run === this.#runs ? this.#task(Resource, given, runTask) : never),
    ]);
    const machine = new StateMachine(definition as unknown as StateMachineDefinition, {
      validationOptions: { noValidate: true },
    });
    const started = machine.run(input, {
      overrides: { taskResourceLocalHandlers: Object.fromEntries(handlers) },
      context: {
        Execution: { Id: this.arn, Name: this.name },
        // The library has no entry time of its own; read when a state asks for it, it is that state's.
        State: {
          get EnteredTime() {
            return new Date(kernel.now()).toISOString();
          },
        },
      } as never,
    });
    this.#abort = started.abort;
    void this.#watch(started.eventLogs, watcher);
    return started.result.then(
      (output) => this.#end('SUCCEEDED', kernel, watcher, output as Json),
      (error: Error) => this.#fail(error, kernel, watcher),
    );
  }

  /** As `StopExecution`: nothing is cleaned up. */
  stop(): void {
    this.#isStopped = true;
    this.#abort();
  }

  /** The library would run a task again after an abort in the middle of a retry's pause. */
  #task(resource: string, input: Json, runTask: TaskRunner): Promise<Json> {
    if (this.#isStopped || this.status !== 'RUNNING') return never;
    return runTask(resource, input, this);
  }

  async #watch(events: AsyncGenerator<LoggedEvent>, watcher: ExecutionWatcher): Promise<void> {
    for await (const event of events) {
      this.#note(stateEventOf(event));
      if (event.type === 'StateEntered') watcher.entered(this, event.state?.name ?? '');
      if (event.type === 'StateRetried') {
        this.#limit.addRetry();
        watcher.retried(this);
      }
      if (this.#limit.isReached) this.stop();
    }
  }

  #note(event: StateEvent | null): void {
    if (event === null) return;
    this.history.push(event);
    this.#limit.add(event);
  }

  #fail(error: Error, kernel: Kernel, watcher: ExecutionWatcher): void {
    const isFull = this.#limit.isReached;
    const status = isFull ? 'FAILED' : statusOf(error);
    const met = error.cause instanceof Error ? error.cause : error;
    const told = isFull ? historyIsFull : { name: met.name, cause: met.message };
    if (status === 'FAILED') this.error = told;
    this.#end(status, kernel, watcher, null);
  }

  #end(status: ExecutionStatus, kernel: Kernel, watcher: ExecutionWatcher, output: Json): void {
    this.status = status;
    this.output = output;
    this.stoppedAt = new Date(kernel.now());
    watcher.ended(this);
  }
}
