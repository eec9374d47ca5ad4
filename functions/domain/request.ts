import { z } from 'zod';
import { NamedFailure } from './failures.ts';
import { imageId } from './image-id.ts';
import { rollbackAttempts } from './rollback-attempts.ts';
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
  /** For a rollback: the ARN of the interrupted execution, from whose input the proxy follows. */
  interrupted: z.string().min(1).optional(),
  /** For a rollback that EventBridge started: which one in a row it is. */
  attempt: z.enum(rollbackAttempts).optional(),
  /** Links a nested execution to its parent in the console. */
  AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: z.string().optional(),
});

/** A request as given: a rollback may name the interrupted execution instead of the proxy. */
export type GivenRequest =
  | Run['request']
  | (Omit<Run['request'], 'proxy'> & { readonly proxy: null; readonly interrupted: string });

const problemsOf = (error: z.ZodError): string =>
  error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`).join('; ');

/** Throws `BadRequest`, which names every wrong field. */
export const parseRequest = (input: unknown): GivenRequest => {
  const parsed = asked.safeParse(input);
  if (!parsed.success) throw new NamedFailure('BadRequest', problemsOf(parsed.error));
  const { proxy, reason, imageId = null, instanceId = null, interrupted = null } = parsed.data;
  const rest = { reason, imageId, instanceId };
  if (proxy !== undefined) return { proxy, ...rest, interrupted };
  if (reason === 'rollback' && interrupted !== null) return { proxy: null, ...rest, interrupted };
  throw new NamedFailure(
    'BadRequest',
    'proxy: is missing; give the name of a proxy, such as {"proxy": "eu-north"}',
  );
};

const naming = z.object({
  proxy: z.string().min(1).optional(),
  interrupted: z.string().min(1).optional(),
});

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** What the JSON text of an input names, whatever else is wrong with it: rolling back is safe at any time. */
export const namedIn = (input: string): z.infer<typeof naming> =>
  naming.safeParse(parseJson(input)).data ?? {};
