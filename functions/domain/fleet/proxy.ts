import { z } from 'zod';
import { features } from '../features.ts';
import { hostName, label, parameterName } from './names.ts';

export const proxy = z.strictObject({
  name: label.describe('the short name by which people and resources call the proxy'),
  serviceName: hostName.describe("the name that clients use, which is the load balancer's"),
  controlName: hostName
    .optional()
    .describe(
      'the name that Katello uses: a record that the controller moves from instance to ' +
        'instance; without it the proxy has the one-name layout',
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
    .min(1)
    .default(['pulpcore', 'registration', 'templates', 'logs'])
    .describe('what the Smart Proxy does'),
  persisted: z
    .partialRecord(z.enum(features), z.string().min(1))
    .default({})
    .describe('for each feature that loses data when rebuilt, where its state is kept instead'),
  certs: z
    .strictObject({
      // It stands in a policy, where * and ? match others' keys, and in what an instance is told.
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
        .describe('the SHA-256 that the file must have'),
    })
    .describe('the certificates that Katello made for the proxy'),
  remoteExecutionKey: parameterName
    .optional()
    .describe(
      'the name of the SSM SecureString with the private SSH key of remote execution; the ' +
        'features script and ansible need it',
    ),
});
