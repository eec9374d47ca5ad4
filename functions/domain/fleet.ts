import { z } from 'zod';
import { cycle } from './cycle.ts';
import { features } from './features.ts';

/**
 * The fleet file: everything about one Katello's proxies that a person decides. The same schema reads
 * the file (command line, CDK app, sandbox) and the parameters that a deployment made from it. Its
 * descriptions are what editors, the reference and the messages about bad files say of a key.
 */
const looksLikeSecret = (text: unknown): boolean =>
  typeof text === 'string' &&
  (/:\/\/|-----BEGIN/.test(text) || (!text.startsWith('/') && /^[\w+/=.:~-]{12,}$/.test(text)));

/** The values of secrets stand in SSM alone, so a value that was pasted here is never repeated. */
const parameterName = z.string().regex(/^\/[\w.-]+(\/[\w.-]+)*$/, {
  error: ({ input }) =>
    looksLikeSecret(input)
      ? 'looks like the value itself, which must not stand in a file: store it in an SSM ' +
        'parameter, write the name of that here, such as /smart-proxies/europe/token, and ' +
        'renew the value if it is a secret'
      : 'must be the name of an SSM parameter, such as /smart-proxies/europe/token',
});

const hostName = z
  .string()
  .max(64, 'must be at most 64 characters long, the limit of a certificate name')
  .regex(
    /^(?=.*\.)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/,
    'must be a fully qualified host name in lower case, such as proxy1.example.com',
  );

const label = z
  .string()
  .max(32, 'must be at most 32 characters long')
  .regex(
    /^[a-z]([a-z0-9-]*[a-z0-9])?$/,
    'must be lower-case letters, digits and hyphens, starting with a letter, such as eu-west',
  );

const cidr = z.union([z.cidrv4(), z.cidrv6()], 'must be a CIDR block, such as 10.0.0.0/8');

export const imageId = z
  .string()
  .regex(/^ami-[0-9a-f]{8,17}$/, 'must be the id of an image, such as ami-0123456789abcdef0');

const isBareAddress = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname, search, hash } = new URL(text);
  return protocol === 'https:' && pathname === '/' && search === '' && hash === '';
};

const katelloUrl = z
  .string()
  .refine(isBareAddress, 'must be an https:// address without path, as https://katello.example.com')
  .refine(
    (text) => !/\/\/[^/]*@/.test(text),
    'must not hold a user or a password: they belong in the parameters of katello.credentials',
  )
  .meta({ format: 'uri' });

const katello = z.strictObject({
  url: katelloUrl.describe('the address of Katello, such as https://katello.example.com'),
  ca: parameterName.describe(
    "the name of the SSM parameter with the PEM of the CA that signed Katello's certificate",
  ),
  credentials: z
    .strictObject({
      login: parameterName.describe('the name of the SSM SecureString with the login'),
      token: parameterName.describe(
        'the name of the SSM SecureString with the personal access token',
      ),
    })
    .describe("the SSM parameters with the controller's account in Katello"),
  organization: z
    .string()
    .min(1)
    .describe('the label of the organization whose content the proxies hold'),
});

const version = z.string().regex(/^\d+\.\d+$/, 'must be two numbers in quotes, such as "3.19"');

const image = z.strictObject({
  base: z
    .union(
      [
        z.strictObject({
          parameter: parameterName.describe('the name of an SSM parameter with the id of an image'),
        }),
        z.strictObject({ id: imageId.describe('the id of an image') }),
      ],
      'must be either { parameter: /name/of/an/ssm/parameter } or { id: ami-0123456789abcdef0 }',
    )
    .describe('the image that images of the proxies are baked from, as `parameter` or as `id`'),
  foremanVersion: version.describe('the version of Foreman to install, such as "3.19"'),
  katelloVersion: version.describe('the version of Katello to install, such as "4.21"'),
  retention: z
    .int()
    .min(1)
    .max(50)
    .default(3)
    .describe('how many proven images are kept beside the current one'),
  freshDays: z
    .int()
    .min(1)
    .max(21)
    .default(3)
    .describe('the age from which a candidate image is baked anew'),
});

const content = z.strictObject({
  shrinkTolerance: z
    .number()
    .min(0)
    .max(0.5)
    .default(0.02)
    .describe("the share of a content type's count that a rebuilt proxy may hold less than before"),
  minimumSyncSeconds: z
    .int()
    .min(1)
    .max(86_400)
    .default(60)
    .describe('the time below which a complete sync that succeeds has synced nothing'),
  // The launch hook, and with it a fill, cannot outlast 48 h.
  syncLimitHours: z
    .int()
    .min(1)
    .max(40)
    .default(36)
    .describe('how long the syncs of one stage may take, all attempts together'),
  syncAttempts: z
    .int()
    .min(1)
    .max(5)
    .default(2)
    .describe('how many syncs are tried before the rebuild fails'),
});

const network = z.strictObject({
  vpcId: z
    .string()
    .regex(/^vpc-[0-9a-f]{8,17}$/, 'must be the id of a VPC, such as vpc-0123456789abcdef0')
    .describe('the id of the VPC'),
  subnetIds: z
    .array(
      z
        .string()
        .regex(
          /^subnet-[0-9a-f]{8,17}$/,
          'must be the id of a subnet, such as subnet-0123456789abcdef0',
        ),
    )
    .min(2, 'needs at least two subnets, in different availability zones')
    .describe('the ids of the subnets in which the proxies run'),
  availabilityZones: z
    .array(z.string().min(1))
    .min(2, 'needs the zone of each subnet, in the same order')
    .describe('the zone of each subnet, in the same order'),
  clientCidrs: z
    .array(cidr)
    .min(1, 'needs at least one block from which clients come')
    .describe('the blocks from which clients come'),
  katelloCidrs: z
    .array(cidr)
    .min(1, 'needs at least one block from which Katello comes')
    .describe('the blocks from which Katello comes'),
  hostedZone: z
    .strictObject({
      id: z
        .string()
        .regex(
          /^Z[A-Z0-9]{5,31}$/,
          'must be the id of a hosted zone, such as Z0123456789ABCDEFGHIJ',
        )
        .describe('the id of the hosted zone'),
      name: hostName.describe('the name of the hosted zone, which ends the names of the proxies'),
    })
    .describe('the Route 53 zone in which the names of the proxies stand'),
});

const proxy = z.strictObject({
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
      key: z
        .string()
        .min(1)
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

/** The keys in the order of the reference; sections that hold only defaults may be left out. */
export const fleetSchema = z.strictObject({
  fleet: label.describe('the name of the fleet'),
  katello: katello.describe('the Katello whose proxies these are'),
  cycle: cycle.prefault({}).describe('the ages and windows at which proxies are rebuilt'),
  image: image.describe('the machine image that the proxies run'),
  content: content.prefault({}).describe('the limits of a content sync'),
  slack: z
    .strictObject({
      webhook: parameterName.describe(
        'the name of the SSM SecureString with the address of the incoming webhook',
      ),
    })
    .describe('the Slack channel that is told'),
  network: network.describe('the network in which the proxies run'),
  proxies: z.array(proxy).min(1, 'needs at least one proxy').describe('the proxies of the fleet'),
});

export type Fleet = z.infer<typeof fleetSchema>;
export type SmartProxy = Fleet['proxies'][number];
export type Layout = 'two-names' | 'one-name';

export const layoutOf = (proxy: SmartProxy): Layout =>
  proxy.controlName === undefined ? 'one-name' : 'two-names';

/** The name under which Katello knows the proxy, which is the one its certificate is made for. */
export const katelloNameOf = (proxy: SmartProxy): string => proxy.controlName ?? proxy.serviceName;
