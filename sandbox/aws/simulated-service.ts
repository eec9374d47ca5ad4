import type { __MetadataBearer, $Command } from '@aws-sdk/client-ssm';
import type { Faults } from '../faults/fault.ts';
import type { AwsService } from '../faults/sites.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { RunningFunction } from '../kernel/running-function.ts';
import { observable } from './aws-calls.ts';
import { internalError, throttling } from './common-errors.ts';
import type { Command } from './iam/access.ts';
import type { Iam } from './iam/iam.ts';

/** What a handler of a command gives back. */
export type Answer<Output extends __MetadataBearer> = Omit<Output, '$metadata'>;

/** A command's behaviour, by the name of the command's class. Runs to its end without a pause. */
export type Handlers = Readonly<Record<string, (input: never) => object>>;

/** The way into AWS that all services share: it counts calls and lets faults strike. */
export class Endpoint {
  calls = 0;
  readonly #kernel: Kernel;
  readonly #faults: Faults;
  readonly #running: RunningFunction;
  readonly #iam: Iam;

  constructor(kernel: Kernel, faults: Faults, running: RunningFunction, iam: Iam) {
    this.#kernel = kernel;
    this.#faults = faults;
    this.#running = running;
    this.#iam = iam;
  }

  /**
   * Runs a call unless a fault strikes. An internal error comes before the effect or, as often, after it:
   * a caller that does not expect the second kind does things twice.
   */
  call<Result>(service: AwsService, command: Command, run: () => Result): Result {
    const call = (): Result => {
      this.#iam.authorize(service, command);
      return run();
    };
    if (this.#running.isTimedOut) throw timedOut();
    this.calls += 1;
    if (this.#running.isRunning && this.#faults.strikes('api-slow', { service })) {
      this.#running.timeOut();
      call();
      throw timedOut();
    }
    if (this.#faults.strikes('api-throttled', { service })) throw throttling(service);
    if (!this.#faults.strikes('api-fails', { service })) return call();
    if (this.#kernel.random.next() < 0.5) call();
    throw internalError(service);
  }
}

/** Never reported: the function that would receive it has been stopped. */
const timedOut = (): Error => Object.assign(new Error('timed out'), { name: 'TimeoutError' });

/** One service of the simulated AWS, with the one method that the adapters use of an SDK client. */
export class SimulatedService<Inputs extends object, Outputs extends __MetadataBearer> {
  readonly #name: AwsService;
  readonly #handlers: Handlers;
  readonly #endpoint: Endpoint;

  constructor(name: AwsService, handlers: Handlers, endpoint: Endpoint) {
    this.#name = name;
    this.#handlers = handlers;
    this.#endpoint = endpoint;
  }

  async send<Input extends Inputs, Output extends Outputs>(
    command: $Command<Input, Output, never, Inputs, Outputs>,
  ): Promise<Output> {
    const commandName = command.constructor.name;
    const handler = Object.hasOwn(this.#handlers, commandName)
      ? this.#handlers[commandName]
      : undefined;
    if (handler === undefined) {
      throw new Error(`The simulated ${this.#name} does not know ${commandName}`);
    }
    // The name of a command and the types of its input and output belong together in the SDK.
    const { input } = command;
    const operation = commandName.replace(/Command$/, '');
    const answer = observable({ service: this.#name, operation, input }, () =>
      this.#endpoint.call(this.#name, { operation, input }, () => handler(input as never)),
    );
    return { $metadata: { httpStatusCode: 200 }, ...answer } as unknown as Output;
  }
}
