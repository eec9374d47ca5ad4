import { z } from 'zod';
import { NamedFailure } from './failures.ts';
import { imageId } from './image-id.ts';
import type { Run } from './run.ts';
import { reasons } from './sections.ts';
import { sized } from './sized.ts';

const instanceIdSchema = z.string().regex(/^i-[0-9a-f]{8,17}$/, 'must be the id of an instance');

const aName = 'must be the name of a proxy of the fleet';

/** The input of an execution of `rebuild-proxy`, from the console, the fleet, or an EventBridge rule. */
const asked = z.strictObject({
  proxy: z.string(aName).min(1, sized(aName)).optional(),
  reason: z.enum(reasons).default('manual'),
  imageId: imageId.nullish(),
  instanceId: instanceIdSchema.nullish(),
  /** For a rollback: the input of the interrupted execution, as in the event. */
  interruptedInput: z.string().optional(),
  /** For a rollback: the ARN of the interrupted execution. */
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

/** A rollback may itself have been interrupted: its input contains that of the execution it followed. */
const interruptedProxy = (interruptedInput: string | undefined): string | undefined => {
  const inner = z
    .object({ proxy: z.string().optional(), interruptedInput: z.string().optional() })
    .safeParse(parseJson(interruptedInput ?? '')).data;
  if (inner?.proxy !== undefined || inner?.interruptedInput === undefined) return inner?.proxy;
  return interruptedProxy(inner.interruptedInput);
};

const problemsOf = (error: z.ZodError): string =>
  error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`).join('; ');

/** Throws `BadRequest`, which names every wrong field. */
export const parseRequest = (input: unknown): Run['request'] => {
  const parsed = asked.safeParse(input);
  if (!parsed.success) throw new NamedFailure('BadRequest', problemsOf(parsed.error));
  const { reason, imageId, instanceId, interrupted, interruptedInput } = parsed.data;
  const proxy = parsed.data.proxy ?? interruptedProxy(interruptedInput);
  if (proxy === undefined) {
    throw new NamedFailure(
      'BadRequest',
      'proxy: is missing; give the name of a proxy, such as {"proxy": "eu-north"}',
    );
  }
  return {
    proxy,
    reason,
    imageId: imageId ?? null,
    instanceId: instanceId ?? null,
    interrupted: interrupted ?? null,
  };
};
