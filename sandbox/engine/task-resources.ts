import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type Place, projectArn } from '../../deployment/permissions/arns.ts';
import type { DynamoDbClient } from '../../functions/adapters/aws/clients.ts';
import type { MachineName } from '../../functions/domain/resource-names.ts';
import type { Handler } from '../../functions/lambda/handler.ts';
import type { StepName } from '../../functions/steps/register.ts';
import { errorNames } from '../../statemachine/error-names.ts';
import { functionTimeoutSecondsOf } from '../../statemachine/readers/tasks.ts';
import { observable } from '../aws/aws-calls.ts';
import type { Build, Variable } from '../aws/code-build.ts';
import type { Access } from '../aws/iam/access.ts';
import type { Iam } from '../aws/iam/iam.ts';
import type { Driver } from '../kernel/driver.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { RunningFunction } from '../kernel/running-function.ts';
import { functionArn, stepOf } from './definitions.ts';
import type { SimulatedExecution, TaskRunner } from './execution.ts';
import type { Executions } from './executions.ts';
import type { IdleFunctions } from './idle-functions.ts';
import {
  asOutput,
  asRequest,
  integrationError,
  nestedOutput,
  noteInvocation,
} from './integrations.ts';
import type { ReservedConcurrency } from './reserved-concurrency.ts';
import type { Json } from './state-event.ts';

/** What StartBuild is asked, as far as the fleet's machine gives it. */
interface BuildRequest {
  readonly projectName: string;
  readonly environmentVariablesOverride: readonly Variable[];
}

/** Parameters of `states:startExecution`. */
interface StartRequest {
  readonly StateMachineArn: string;
  readonly Name: string;
  readonly Input: Json;
}

export interface TaskResourcesParts {
  readonly driver: Driver;
  readonly kernel: Kernel;
  readonly running: RunningFunction;
  readonly idle: IdleFunctions;
  readonly iam: Iam;
  readonly reserved: ReservedConcurrency;
  readonly place: Place;
  readonly dynamoDb: DynamoDbClient;
  readonly handlers: Readonly<Record<StepName, Handler>>;
  readonly bake: (project: string, environment: readonly Variable[]) => Promise<Build>;
  readonly executions: () => Executions;
}

/** An error as Step Functions hands it to `Retry` and `Catch`. */
const taskError = (name: string, cause: string): Error => Object.assign(new Error(cause), { name });

/** Lambda sends an error's name, and its message inside of JSON. */
const lambdaError = (errorType: string, errorMessage: string): Error =>
  taskError(errorType, JSON.stringify({ errorType, errorMessage }));

const toJson = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null)) as Json;

const rateExceeded = 'Rate Exceeded. (Service: Lambda, Status Code: 429)';
const inactive = 'The function is inactive and its VPC connection is being restored';

const machineOf = (executions: Executions, arn: string): MachineName => {
  const machine = executions.machineOf(arn);
  if (machine === undefined) throw new Error(`There is no state machine ${arn}`);
  return machine;
};

/** In place of an answer that comes too late. */
const timedOut = Symbol('timed out');

/** Runs the resources of tasks: functions, and the three service integrations that the machines use. */
export class TaskResources {
  functionInvocations = 0;
  /** Calls of functions that had fallen asleep. */
  refusedAsleep = 0;
  /** Calls of functions of which as many ran as may. */
  refusedBusy = 0;
  readonly #answers = new Map<StepName, Json>();
  readonly #nestedIn = new Map<string, SimulatedExecution[]>();
  readonly #parts: TaskResourcesParts;

  constructor(parts: TaskResourcesParts) {
    this.#parts = parts;
  }

  readonly run: TaskRunner = (resource, input, execution) => {
    const step = stepOf(resource);
    if (step !== null) return this.#runStep(step, resource, input, execution);
    if (resource.endsWith(':dynamodb:putItem'))
      return this.#dynamoDb(execution, (db) => db.send(new PutItemCommand(input as never)));
    if (resource.endsWith(':dynamodb:deleteItem'))
      return this.#dynamoDb(execution, (db) => db.send(new DeleteItemCommand(input as never)));
    if (resource.endsWith(':codebuild:startBuild.sync')) return this.#bake(input, execution);
    if (resource.endsWith(':states:startExecution.sync:2')) return this.#nested(input, execution);
    throw taskError('States.Runtime', `the sandbox cannot run ${resource}`);
  };

  async #runStep(
    step: StepName,
    arn: string,
    input: Json,
    execution: SimulatedExecution,
  ): Promise<Json> {
    this.#authorize('Lambda', execution, { action: 'lambda:InvokeFunction', resource: arn });
    return this.#invoke(step, arn, input);
  }

  /** A denied integration fails by the class that the SDK for Java has for it, as any other error of the service. */
  #authorize(
    integration: 'CodeBuild' | 'Lambda',
    { machine }: SimulatedExecution,
    access: Pick<Access, 'action' | 'resource'>,
  ): void {
    const { iam } = this.#parts;
    const service = integration === 'Lambda' ? 'lambda' : 'codebuild';
    try {
      iam.asNow(machine, () => iam.authorizeAccess(service, { ...access, context: {} }));
    } catch (error) {
      throw integrationError(integration, error);
    }
  }

  /** Calls a function from outside of any execution. Rejects as a task would. */
  invoke(step: StepName, input: Json): Promise<Json> {
    return this.#invoke(step, functionArn(this.#parts.place, step), input);
  }

  /** What a step has answered last, `null` before it has. */
  lastAnswer(step: StepName): Json {
    return this.#answers.get(step) ?? null;
  }

  /** Step Functions stops what an execution waits for when that ends before. */
  executionEnded({ arn, status }: SimulatedExecution): void {
    if (status === 'SUCCEEDED') return;
    for (const nested of this.#nestedIn.get(arn) ?? [])
      if (nested.status === 'RUNNING') nested.stop();
  }

  async #invoke(step: StepName, arn: string, input: Json): Promise<Json> {
    this.functionInvocations += 1;
    const { idle, reserved } = this.#parts;
    if (idle.isAsleep(step)) {
      this.refusedAsleep += 1;
      throw taskError(errorNames.functionLost.asleep, inactive);
    }
    if (!reserved.begins(step)) {
      this.refusedBusy += 1;
      throw taskError(errorNames.functionLost.throttled, rateExceeded);
    }
    return this.#run(step, arn, input).finally(() => reserved.ends(step));
  }

  async #run(step: StepName, arn: string, input: Json): Promise<Json> {
    const { driver, kernel } = this.#parts;
    const answer = await driver.inOrder(() => this.#call(step, arn, input));
    if (answer !== timedOut) return answer;
    const seconds = functionTimeoutSecondsOf(step);
    await new Promise<void>((resolve) => kernel.after(seconds, resolve));
    throw lambdaError(errorNames.functionLost.timedOut, `Task timed out after ${seconds} seconds`);
  }

  async #call(step: StepName, arn: string, input: Json): Promise<Json | typeof timedOut> {
    const { handlers, running } = this.#parts;
    running.begin();
    try {
      const answer = toJson(await handlers[step](input, {}));
      if (running.isTimedOut) return timedOut;
      this.#answers.set(step, answer);
      noteInvocation(arn, input, answer);
      return answer;
    } catch (error) {
      if (running.isTimedOut) return timedOut;
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      noteInvocation(arn, input, { errorType: name, errorMessage: message });
      throw lambdaError(name, message);
    } finally {
      running.end();
    }
  }

  #dynamoDb(
    { machine }: SimulatedExecution,
    send: (db: DynamoDbClient) => Promise<unknown>,
  ): Promise<Json> {
    const { driver, iam, dynamoDb } = this.#parts;
    return driver.inOrder(async () => {
      try {
        return toJson(await iam.as(machine, () => send(dynamoDb)));
      } catch (error) {
        throw integrationError('DynamoDB', error);
      }
    });
  }

  async #bake(input: Json, execution: SimulatedExecution): Promise<Json> {
    const request = asRequest(input) as unknown as BuildRequest;
    const { projectName, environmentVariablesOverride } = request;
    const resource = projectArn(this.#parts.place, projectName);
    this.#authorize('CodeBuild', execution, { action: 'codebuild:StartBuild', resource });
    const build = await this.#parts.bake(projectName, environmentVariablesOverride);
    const call = { service: 'codebuild', operation: 'StartBuild', input: request };
    const output = asOutput(observable(call, () => ({ build })));
    if (build.buildStatus === 'SUCCEEDED') return output;
    throw taskError('States.TaskFailed', JSON.stringify(output));
  }

  async #nested(input: Json, parent: SimulatedExecution): Promise<Json> {
    const execution = this.#start(input as unknown as StartRequest, parent);
    this.#nestedIn.set(parent.arn, [...(this.#nestedIn.get(parent.arn) ?? []), execution]);
    await this.#parts.executions().ended(execution);
    const output = nestedOutput(execution);
    if (execution.status === 'SUCCEEDED') return output;
    throw taskError('States.TaskFailed', JSON.stringify(output));
  }

  #start(request: StartRequest, { machine: caller }: SimulatedExecution): SimulatedExecution {
    const { StateMachineArn: arn, Name: name, Input: data } = request;
    const { iam, executions } = this.#parts;
    const input = asRequest({ ...request, Input: JSON.stringify(data) }) as object;
    const call = { service: 'states', operation: 'StartExecution', input };
    try {
      return observable(
        call,
        () => {
          iam.asNow(caller, () => iam.authorize('states', { operation: 'StartExecution', input }));
          return executions().start(machineOf(executions(), arn), name, data);
        },
        (execution) => ({ executionArn: execution.arn, startDate: execution.startedAt }),
      );
    } catch (error) {
      throw integrationError('StepFunctions', error);
    }
  }
}
