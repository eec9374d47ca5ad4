import type { AnsweredCall } from '../../sandbox/aws/aws-calls.ts';
import { checkValue, type Problem } from './check-value.ts';
import { models, type Operation, type ServiceModel } from './model.ts';
import { unmodeledErrors } from './unmodeled-errors.ts';

/** What the SDK calls an answer that never came. */
const noAnswer = 'TimeoutError';

const outputOf = (answer: unknown): object => {
  const { $metadata: _, ...output } = Object(answer);
  return output;
};

const checkEnd = (
  { shapes }: ServiceModel,
  shape: string | undefined,
  value: object,
  path: string,
): readonly Problem[] => {
  if (shape !== undefined) return checkValue(shapes, shape, value, path);
  return Object.keys(value).length === 0 ? [] : [`${path}: there is none`];
};

interface ErrorAnswer {
  readonly name: string;
  readonly Code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const checkError = (
  service: string,
  { errors }: ServiceModel,
  operation: Operation,
  { name, Code: code, $metadata: { httpStatusCode } = {} }: ErrorAnswer,
): readonly Problem[] => {
  const modeled = operation.errors.includes(name) ? errors[name] : undefined;
  const known = modeled ?? unmodeledErrors[service]?.[name];
  if (known === undefined) return [`error ${name}: is not known of this operation`];
  const wire = modeled?.code ?? name;
  return [
    ...(code !== undefined && code !== wire
      ? [`error ${name}: its code is ${wire}, not ${code}`]
      : []),
    ...(httpStatusCode === known.status
      ? []
      : [`error ${name}: its status is ${known.status}, not ${httpStatusCode}`]),
  ];
};

const checkOutcome = (
  { service, answer, error }: AnsweredCall,
  model: ServiceModel,
  operation: Operation,
): readonly Problem[] => {
  if (error === undefined) return checkEnd(model, operation.output, outputOf(answer), 'answer');
  const refusal = error as ErrorAnswer;
  return refusal.name === noAnswer ? [] : checkError(service, model, operation, refusal);
};

/** What AWS's own model of the service has against a call, each with `service.operation` and the path. */
export const checkCall = (call: AnsweredCall): readonly Problem[] => {
  const name = `${call.service}.${call.operation}`;
  const model = models().services[call.service];
  const operation = model?.operations[call.operation];
  if (model === undefined || operation === undefined)
    return [`${name}: is not in models.json; run npm run service-models`];
  return [
    ...checkEnd(model, operation.input, call.input, 'request'),
    ...checkOutcome(call, model, operation),
  ].map((problem) => `${name} ${problem}`);
};
