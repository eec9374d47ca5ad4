import { z } from 'zod';
import { readFleetFile } from '../config/fleet-file.ts';
import { BadInput, plainWords, problemsOf } from '../config/problems.ts';
import type { Fleet } from '../functions/domain/fleet.ts';
import { sized } from '../functions/domain/sized.ts';
import { assertDeployable } from './limits.ts';

/** The operating systems for which packer/os/ has a file. */
const operatingSystems = ['rhel9', 'almalinux9', 'rocky9'] as const;

/** IAM and grants know keys by their own ARN and not by that of an alias. */
const keyArn = z
  .string()
  .regex(
    /^arn:[^:]+:kms:[^:]+:\d{12}:key\//,
    'must be the ARN of a KMS key, such as arn:aws:kms:eu-central-1:123456789012:key/0a1b',
  );

const parameterName = z
  .string()
  .regex(/^\/[\w./-]+$/, 'must be the name of an SSM parameter, such as /smart-proxies/europe/key');

/**
 * Settings of a deployment beside the fleet file, each as `-c <key>=<value>` or in cdk.json. The
 * command line gives text only, so numbers are coerced.
 */
export const contextSchema = z.object({
  fleet: z
    .string()
    .min(1, sized())
    .default('examples/fleet.yaml')
    .describe('the path of the fleet file'),
  account: z
    .string()
    .regex(/^\d{12}$/, 'must be twelve digits')
    .optional()
    .describe('the account to deploy to; without it, that of the credentials'),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region, such as eu-central-1')
    .optional()
    .describe('the region to deploy to; without it, that of the credentials'),
  permissionsBoundary: z
    .string()
    .regex(/^arn:[^:]+:iam:/, 'must be an ARN of iam, which starts with arn:aws:iam:')
    .optional()
    .describe('the policy that bounds every role, by its ARN'),
  secretsKey: keyArn
    .optional()
    .describe('the KMS key of the SecureStrings, when it is not the default aws/ssm'),
  alarmEmail: z
    .email('must be an e-mail address')
    .optional()
    .describe('e-mail address that receives alarms'),
  logRetentionDays: z.coerce
    .number()
    .refine(
      (days) => [7, 14, 30, 60, 90, 180, 365, 731].includes(days),
      'must be one of 7, 14, 30, 60, 90, 180, 365, 731',
    )
    .default(90)
    .describe('how long logs are kept'),
  operatingSystem: z
    .enum(operatingSystems)
    .default('rhel9')
    .describe('the operating system of the images'),
  builderSubnetId: z
    .string()
    .regex(/^subnet-[0-9a-f]{8,17}$/, 'must be the id of a subnet')
    .optional()
    .describe('the subnet in which images are baked; without it, the first of the fleet file'),
  imageKey: keyArn
    .optional()
    .describe('the KMS key that encrypts the images, when it is not the default of EBS'),
  activationKeyParameter: parameterName
    .optional()
    .describe('the SecureString with the activation key, when images are baked from Katello'),
});

export type Settings = Omit<z.infer<typeof contextSchema>, 'fleet'> & { readonly fleet: Fleet };

/** Where a key of the context comes from: the command line or cdk.json. */
export type Context = (key: string) => unknown;

const readContext = (context: Context): z.infer<typeof contextSchema> => {
  const keys = Object.keys(contextSchema.shape);
  const given = keys.map((key) => [key, context(key)]).filter(([, value]) => value !== undefined);
  const parsed = contextSchema.safeParse(Object.fromEntries(given), { error: plainWords });
  if (parsed.success) return parsed.data;
  throw new BadInput(
    problemsOf(parsed.error.issues).map(({ path, text }) => `-c ${path.join('.')}: ${text}`),
  );
};

/** Everything that is wrong with settings and fleet file at once, as `BadInput`. */
export const readSettings = (context: Context): Settings => {
  const { fleet: path, ...rest } = readContext(context);
  const fleet = readFleetFile(path);
  assertDeployable(fleet);
  return { ...rest, fleet };
};
