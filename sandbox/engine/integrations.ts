import { observable } from '../aws/aws-calls.ts';
import { described } from '../aws/step-functions.ts';
import type { SimulatedExecution } from './execution.ts';
import { registered } from './registry.ts';
import type { Json } from './state-event.ts';

const renamed =
  (rename: (name: string) => string) =>
  (value: unknown): Json => {
    if (value instanceof Date) return value.getTime();
    if (Array.isArray(value)) return value.map(renamed(rename));
    if (typeof value !== 'object' || value === null) return (value ?? null) as Json;
    const present = Object.entries(value).filter(([, part]) => part !== undefined);
    return Object.fromEntries(present.map(([name, part]) => [rename(name), renamed(rename)(part)]));
  };

/** State machines write every member with a capital, whatever the service calls it. */
export const asRequest = renamed((name) => name.charAt(0).toLowerCase() + name.slice(1));

/** What a service answers, as Step Functions hands it to the state machine; an instant becomes a number. */
export const asOutput = renamed((name) => name.charAt(0).toUpperCase() + name.slice(1));

type Integrated = 'CodeBuild' | 'DynamoDB' | 'Lambda' | 'StepFunctions';

/** The class of the SDK for Java for what a service does not model, so that it has none of its own. */
const unmodeledClass: Readonly<Record<Integrated, string>> = {
  CodeBuild: 'AWSCodeBuildException',
  DynamoDB: 'AmazonDynamoDBException',
  Lambda: 'AWSLambdaException',
  StepFunctions: 'AWSStepFunctionsException',
};
const unmodeled: Readonly<Record<Integrated, readonly string[]>> = {
  CodeBuild: ['AccessDeniedException'],
  DynamoDB: ['ValidationException', 'AccessDeniedException'],
  Lambda: ['AccessDeniedException'],
  StepFunctions: ['AccessDeniedException'],
};

const javaClass = (service: Integrated, name: string): string => {
  if (name === 'TimeoutError') return 'SdkClientException';
  if (unmodeled[service].includes(name)) return unmodeledClass[service];
  return name.endsWith('Exception') ? name : `${name}Exception`;
};

/** An error of a service as Step Functions matches it: by its class in the SDK for Java. */
export const integrationError = (service: Integrated, error: unknown): Error => {
  const { name, message } = error as Error;
  return Object.assign(new Error(message), { name: `${service}.${javaClass(service, name)}` });
};

/** What `startExecution.sync:2` gives in the end; data in it is no text, as it would be with `.sync`. */
export const nestedOutput = (execution: SimulatedExecution): Json => {
  const answer = observable(
    { service: 'states', operation: 'DescribeExecution', input: { executionArn: execution.arn } },
    () => described(registered(execution)),
  );
  const { input, output } = execution;
  const data = { Input: input, ...(output !== null && { Output: output }) };
  return { ...(asOutput(answer) as object), ...data };
};

const bytes = (value: Json): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** Lets a function's answer be observed; to Lambda an error of the function is an answer like any other. */
export const noteInvocation = (functionArn: string, input: Json, output: Json): void => {
  observable(
    {
      service: 'lambda',
      operation: 'Invoke',
      input: { FunctionName: functionArn, Payload: bytes(input) },
    },
    () => ({ StatusCode: 200, Payload: bytes(output) }),
  );
};
