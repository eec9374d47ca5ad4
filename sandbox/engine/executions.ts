import type { Place } from '../../deployment/permissions/arns.ts';
import { type MachineName, machineNames } from '../../functions/domain/resource-names.ts';
import type { Definition } from '../../statemachine/asl.ts';
import { fill } from '../../statemachine/readers/placeholders.ts';
import { assertExecutionName, executionExists } from '../aws/execution-names.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { machineArn, substitutions } from './definitions.ts';
import { type ExecutionWatcher, SimulatedExecution, type TaskRunner } from './execution.ts';
import { type Json, textIn } from './state-event.ts';

/** What the executions of a run cost, and what listens to them. */
export interface ExecutionsOptions {
  readonly kernel: Kernel;
  readonly place: Place;
  /** The name of the fleet, which those of its state machines contain. */
  readonly fleet: string;
  readonly ledgerTable: string;
  readonly runTask: TaskRunner;
  readonly watcher: ExecutionWatcher;
}

/** Step Functions: starts executions of the two machines and remembers them. */
export class Executions {
  /** Every state entered and every retry, as Step Functions bills them. */
  stateTransitions = 0;
  readonly #options: ExecutionsOptions;
  readonly #definitions: Readonly<Record<MachineName, Definition>>;
  readonly #executions = new Map<string, SimulatedExecution>();
  readonly #endings = new Map<string, Promise<void>>();
  /** Counts, and then tells whoever listens. */
  readonly #watcher: ExecutionWatcher;

  constructor(options: ExecutionsOptions) {
    this.#options = options;
    const { watcher } = options;
    this.#watcher = {
      entered: (execution, state) => {
        this.stateTransitions += 1;
        watcher.entered(execution, state);
      },
      retried: (execution) => {
        this.stateTransitions += 1;
        watcher.retried(execution);
      },
      ended: (execution) => watcher.ended(execution),
    };
    const values = substitutions(options.place, options.fleet, options.ledgerTable);
    this.#definitions = {
      'rebuild-fleet': fill('rebuild-fleet', values),
      'rebuild-proxy': fill('rebuild-proxy', values),
    };
  }

  all(): readonly SimulatedExecution[] {
    return [...this.#executions.values()];
  }

  get(arn: string): SimulatedExecution | undefined {
    return this.#executions.get(arn);
  }

  machineOf(arn: string): MachineName | undefined {
    const { place, fleet } = this.#options;
    return machineNames.find((name) => machineArn(place, fleet, name) === arn);
  }

  /** Starting again under the name of an execution with the same input gives that execution. */
  start(machine: MachineName, name: string, input: Json): SimulatedExecution {
    assertExecutionName(name);
    const { kernel, place, fleet, runTask } = this.#options;
    const execution = new SimulatedExecution(
      {
        machine,
        stateMachineArn: machineArn(place, fleet, machine),
        name,
        input,
        interrupted: this.get(textIn(input, 'interrupted') ?? '') ?? null,
      },
      { definition: this.#definitions[machine], kernel, runTask, watcher: this.#watcher },
    );
    const known = this.#executions.get(execution.arn);
    if (known !== undefined) return sameStart(known, input);
    this.#executions.set(execution.arn, execution);
    this.#endings.set(execution.arn, execution.run());
    return execution;
  }

  /** Resolves when it has ended, or its redrive if there was one by now. */
  ended({ arn }: SimulatedExecution): Promise<void> {
    return this.#endings.get(arn) ?? Promise.resolve();
  }

  /** As in the console: one that failed, timed out or was stopped continues where it ended. */
  redrive(execution: SimulatedExecution): void {
    this.#endings.set(execution.arn, execution.redrive());
  }
}

const sameStart = (known: SimulatedExecution, input: Json): SimulatedExecution => {
  const isSame =
    known.status === 'RUNNING' && JSON.stringify(known.input) === JSON.stringify(input);
  if (!isSame) throw executionExists(known.arn);
  return known;
};
