import { z } from 'zod';
import { firstToExpireSchema } from '../../domain/certificates.ts';
import { NamedFailure } from '../../domain/failures.ts';
import type { BootReport } from '../../ports/boot.ts';

/**
 * The line that the boot document prints: the status of cloud-init and of the image's boot script, and the certificate
 * that expires first, and the names that no certificate covers. No boot fails because these two cannot be read.
 */
const answerSchema = z.object({
  cloudInit: z.enum(['running', 'done', 'error', 'degraded', 'disabled']),
  boot: z
    .object({
      status: z.enum(['running', 'done', 'failed']),
      step: z.string().nullish(),
      reason: z.string().nullish(),
      updatedAt: z.string().nullish(),
    })
    .nullable(),
  logTail: z.string().default(''),
  certificate: firstToExpireSchema.nullish().catch(null),
  missingNames: z.array(z.string()).nullish().catch(null),
});
type BootAnswer = z.infer<typeof answerSchema>;

/** The boot has only succeeded if the boot script says so; no word from it is a failure. */
export const asBootReport = (instanceId: string, output: string | undefined): BootReport => {
  const answer = parsed(instanceId, output ?? '');
  const { boot, cloudInit, logTail } = answer;
  const certificate = answer.certificate ?? null;
  const step = boot?.step ?? null;
  if (boot?.status !== 'failed' && cloudInit === 'running') return { status: 'running', step };
  if (boot?.status === 'done' && (cloudInit === 'done' || cloudInit === 'degraded')) {
    return { status: 'done', certificate };
  }
  const reason = reasonOf(answer);
  const missingNames = answer.missingNames ?? [];
  return {
    status: 'failed',
    step: step ?? 'cloud-init',
    reason,
    logTail,
    certificate,
    missingNames,
  };
};

const reasonOf = ({ boot, cloudInit }: BootAnswer): string => {
  if (boot?.status === 'failed') return boot.reason ?? 'the boot script reported no reason';
  if (cloudInit === 'disabled') return 'cloud-init is disabled in this image';
  if (cloudInit === 'error') return boot?.reason ?? 'cloud-init failed';
  return boot === null
    ? 'cloud-init ended and the boot script never ran'
    : 'cloud-init ended in the middle of the boot script';
};

const parsed = (instanceId: string, output: string): BootAnswer => {
  const answer = answerSchema.safeParse(jsonOf(output));
  if (answer.success) return answer.data;
  throw new NamedFailure(
    'UnexpectedAnswer',
    `The boot document on ${instanceId} printed no report of a first boot, but: ` +
      `${output.trim().slice(0, 200) || '(nothing)'}`,
  );
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
