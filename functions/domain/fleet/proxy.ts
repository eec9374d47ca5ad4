import { z } from 'zod';
import { features } from '../features.ts';
import { sized } from '../sized.ts';
import { ownJobs } from './jobs.ts';
import { hostName, label, parameterName } from './names.ts';

export const proxy = z.strictObject({
  name: label.describe('the short name of the proxy, used in messages and resource names'),
  serviceName: hostName.describe('the host name that clients use; it points at the load balancer'),
  controlName: hostName
    .optional()
    .describe(
      'the host name that Katello uses; the controller points it at one instance. Leave it out ' +
        'for the one-name layout',
    ),
  instanceType: z
    .string()
    .regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, 'must be an instance type, such as m7i.xlarge')
    .default('m7i.xlarge')
    .describe('the EC2 instance type'),
  volumeGib: z
    .int()
    .min(50)
    .max(16_384)
    .default(500)
    .describe('the size of the volume that holds the content'),
  features: z
    .array(z.enum(features))
    .min(1, sized())
    .default(['pulpcore', 'registration', 'templates', 'logs'])
    .describe('the features of the Smart Proxy'),
  persisted: z
    .partialRecord(z.enum(features), z.string().min(1, sized()))
    .default({})
    .describe('where data is kept instead, for each feature that would lose it in a rebuild'),
  certs: z
    .strictObject({
      // It is part of an IAM policy, where * and ? would match other keys, and of user data.
      key: z
        .string()
        .regex(
          /^[\w.+=@/-]+$/,
          'must be the key of an object, of letters, digits and _ . + = @ / -, such as berlin/certs.tar',
        )
        .describe("the key of the proxy's certs.tar in the fleet's certs bucket"),
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits in lower case')
        .optional()
        .describe('the expected SHA-256 of the file'),
    })
    .describe('the certificates that Katello generated for the proxy'),
  remoteExecutionKey: parameterName
    .optional()
    .describe(
      'the name of the SSM SecureString that holds the private SSH key of remote execution; ' +
        'the features script and ansible need it',
    ),
  jobs: ownJobs.optional().describe('what is different from `jobs` of the fleet for this proxy'),
});
