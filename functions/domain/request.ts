import { z } from 'zod';
import { NamedFailure } from './failures.ts';
import { type Run, reasons } from './run.ts';

const instanceId = z.string().regex(/^i-[0-9a-f]{8,17}$/, 'must be the id of an instance');
const imageId = z
  .string()
  .regex(/^ami-[0-9a-f]{8,17}$/, 'must be the id of an image, such as ami-0123456789abcdef0');

/** What an execution of `rebuild-proxy` accepts, from the console, the fleet, or an EventBridge rule. */
const asked = z.strictObject({
  proxy: z.string('must be the name of a proxy of the fleet').min(1).optional(),
  reason: z.enum(reasons).default('manual'),
  imageId: imageId.nullish(),
  instanceId: instanceId.nullish(),
  /** Of a restore: the input of the execution that was interrupted, as the event carries it. */
  interruptedInput: z.string().optional(),
  /** Shown in the console only. */
  interrupted: z.string().optional(),
  /** Links a nested execution to its parent in the console. */
  AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: z.string().optional(),
});

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const interruptedProxy = (interruptedInput: string | undefined): string | undefined => {
  const parsed = z.object({ proxy: z.string() }).safeParse(parseJson(interruptedInput ?? ''));
  return parsed.data?.proxy;
};

const problemsOf = (error: z.ZodError): string =>
  error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`).join('; ');

/** Throws `BadRequest` naming every field that is wrong. */
export const parseRequest = (input: unknown): Run['request'] => {
  const parsed = asked.safeParse(input);
  if (!parsed.success) throw new NamedFailure('BadRequest', problemsOf(parsed.error));
  const { reason, imageId: image, instanceId: instance, interruptedInput } = parsed.data;
  const proxy = parsed.data.proxy ?? interruptedProxy(interruptedInput);
  if (proxy === undefined) {
    throw new NamedFailure(
      'BadRequest',
      'proxy: is missing; give the name of a proxy, {"proxy": "eu-central"}',
    );
  }
  return { proxy, reason, imageId: image ?? null, instanceId: instance ?? null };
};
