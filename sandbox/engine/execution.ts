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
export type TaskRunner = (
  resource: string,
  input: Json,
  execution: SimulatedExecution,
) => Promise<Json>;

export interface ExecutionWatcher {
  entered(execution: SimulatedExecution, stateName: string): void;
  retried(execution: SimulatedExecution): void;
  ended(execution: SimulatedExecution): void;
}

/** What an execution is one of. */
export interface ExecutionRequest {
  readonly machine: MachineName;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly input: Json;
  /** The execution that its input names as interrupted. */
  readonly interrupted: SimulatedExecution | null;
}

/** What an execution is interpreted with. */
export interface Interpretation {
  readonly definition: Scope;
  readonly kernel: Kernel;
  readonly runTask: TaskRunner;
  readonly watcher: ExecutionWatcher;
}

const never: Promise<Json> = new Promise(() => undefined);

const statusOf = (error: Error): ExecutionStatus => {
  if (error instanceof ExecutionAbortedError) return 'ABORTED';
  return error instanceof ExecutionTimeoutError ? 'TIMED_OUT' : 'FAILED';
};

/** One execution of a state machine, interpreted by aws-local-stepfunctions. */
export class SimulatedExecution {
  readonly arn: string;
  readonly machine: MachineName;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly input: Json;
  readonly interrupted: SimulatedExecution | null;
  readonly startedAt: Date;
  status: ExecutionStatus = 'RUNNING';
  stoppedAt: Date | null = null;
  output: Json = null;
  error: { readonly name: string; readonly cause: string } | null = null;
  /** Oldest first, as `GetExecutionHistory` gives it; tasks' own events are left out. */
  readonly history: StateEvent[] = [];
  readonly #limit = new HistoryLimit();
  readonly #interpretation: Interpretation;
  /** How often it was run: once, and once more for each redrive. */
  #runs = 0;
  #isStopped = false;
  #abort: () => void = () => undefined;

  constructor(request: ExecutionRequest, interpretation: Interpretation) {
    const { machine, stateMachineArn, name, input, interrupted } = request;
    this.interrupted = interrupted;
    this.machine = machine;
    this.stateMachineArn = stateMachineArn;
    this.arn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    this.name = name;
    this.input = input;
    this.startedAt = new Date(interpretation.kernel.now());
    this.#interpretation = interpretation;
  }

  run(): Promise<void> {
    return this.#interpret(this.#interpretation.definition, this.input);
  }

  /** As `RedriveExecution`: continues with the state in which it ended, and with what that was given. */
  redrive(): Promise<void> {
    const last = this.history.findLast(({ kind }) => kind === 'entered');
    this.status = 'RUNNING';
    this.stoppedAt = null;
    this.error = null;
    this.#isStopped = false;
    const { definition } = this.#interpretation;
    return last === undefined
      ? this.run()
      : this.#interpret({ ...definition, StartAt: last.state }, last.data);
  }

  #interpret(definition: Scope, input: Json): Promise<void> {
    const { kernel } = this.#interpretation;
    this.#runs += 1;
    const run = this.#runs;
    const handlers = tasksIn(definition).map(([title, { Resource }]) => [
      title,
      (given: Json) => (run === this.#runs ? this.#task(Resource, given) : never),
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
    void this.#watch(started.eventLogs);
    return started.result.then(
      (output) => this.#end('SUCCEEDED', output as Json),
      (error: Error) => this.#fail(error),
    );
  }

  /** As `StopExecution`: nothing is cleaned up. */
  stop(): void {
    this.#isStopped = true;
    this.#abort();
  }

  /** The library would run a task again after an abort in the middle of a retry's pause. */
  #task(resource: string, input: Json): Promise<Json> {
    if (this.#isStopped || this.status !== 'RUNNING') return never;
    return this.#interpretation.runTask(resource, input, this);
  }

  async #watch(events: AsyncGenerator<LoggedEvent>): Promise<void> {
    const { watcher } = this.#interpretation;
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

  #fail(error: Error): void {
    const isFull = this.#limit.isReached;
    const status = isFull ? 'FAILED' : statusOf(error);
    const met = error.cause instanceof Error ? error.cause : error;
    const told = isFull ? historyIsFull : { name: met.name, cause: met.message };
    if (status === 'FAILED') this.error = told;
    this.#end(status, null);
  }

  #end(status: ExecutionStatus, output: Json): void {
    this.status = status;
    this.output = output;
    this.stoppedAt = new Date(this.#interpretation.kernel.now());
    this.#interpretation.watcher.ended(this);
  }
}
