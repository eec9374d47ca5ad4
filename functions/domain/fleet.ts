import { z } from 'zod';
import { cycle } from './cycle.ts';
import { features } from './features.ts';

/**
 * The fleet file: everything about one Katello's proxies that a person decides. The same schema reads
 * the file (command line, CDK app, sandbox) and the parameters that a deployment made from it.
 */
const parameterName = z
  .string()
  .regex(
    /^\/[\w.-]+(\/[\w.-]+)*$/,
    'must be the name of an SSM parameter, such as /smart-proxies/europe/token',
  );

const hostName = z
  .string()
  .max(64, 'is longer than 64 characters, the limit of a certificate name')
  .regex(
    /^(?=.*\.)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/,
    'must be a fully qualified host name in lower case, such as proxy1.example.com',
  );

const label = z
  .string()
  .max(32, 'is longer than 32 characters')
  .regex(/^[a-z]([a-z0-9-]*[a-z0-9])?$/, 'must be lower-case letters, digits and hyphens');

const cidr = z.union([z.cidrv4(), z.cidrv6()], 'must be a CIDR block, such as 10.0.0.0/8');

const imageId = z
  .string()
  .regex(/^ami-[0-9a-f]{8,17}$/, 'must be the id of an image, such as ami-0123456789abcdef0');

const katello = z.strictObject({
  url: z.url({ protocol: /^https$/, error: 'must be an https:// address' }),
  /** Name of the SSM parameter that holds the PEM of the CA that signed Katello's certificate. */
  ca: parameterName,
  /** Names of SSM SecureString parameters; values never stand in the file. */
  credentials: z.strictObject({ login: parameterName, token: parameterName }),
  organization: z.string().min(1),
});

const image = z.strictObject({
  base: z.union(
    [z.strictObject({ parameter: parameterName }), z.strictObject({ id: imageId })],
    'must be either { parameter: <SSM parameter> } or { id: <ami-…> }',
  ),
  foremanVersion: z.string().regex(/^\d+\.\d+$/, 'must be a version such as "3.19", in quotes'),
  katelloVersion: z.string().regex(/^\d+\.\d+$/, 'must be a version such as "4.21", in quotes'),
  /** Proven images to keep beside the current one. */
  retention: z.int().min(1).max(50).default(3),
  /** A candidate image older than this is baked anew. */
  freshDays: z.int().min(1).max(21).default(3),
});

const content = z
  .strictObject({
    /** Share of a content type's count by which a rebuilt proxy may hold less than before. */
    shrinkTolerance: z.number().min(0).max(0.5).default(0.02),
    /** A complete sync that succeeds faster than this has synced nothing. */
    minimumSyncSeconds: z.int().min(1).max(86_400).default(60),
    /** How long one sync may take. The launch hook, and so a fill, cannot outlast 48 h. */
    syncLimitHours: z.int().min(1).max(40).default(36),
    /** Syncs that are tried before the rebuild fails. */
    syncAttempts: z.int().min(1).max(5).default(2),
  })
  .prefault({});

const network = z.strictObject({
  vpcId: z
    .string()
    .regex(/^vpc-[0-9a-f]{8,17}$/, 'must be the id of a VPC, such as vpc-0123456789abcdef0'),
  subnetIds: z
    .array(z.string().regex(/^subnet-[0-9a-f]{8,17}$/, 'must be the id of a subnet'))
    .min(2, 'needs at least two subnets, in different availability zones'),
  availabilityZones: z
    .array(z.string().min(1))
    .min(2, 'needs the zone of each subnet, in the same order'),
  clientCidrs: z.array(cidr).min(1, 'needs at least one block from which clients come'),
  katelloCidrs: z.array(cidr).min(1, 'needs at least one block from which Katello comes'),
  hostedZone: z.strictObject({
    id: z
      .string()
      .regex(/^Z[A-Z0-9]{5,31}$/, 'must be the id of a hosted zone, such as Z0123456789ABCDEFGHIJ'),
    name: hostName,
  }),
});

const proxy = z.strictObject({
  name: label,
  /** What clients use: the NLB's name. */
  serviceName: hostName,
  /** What Katello uses, two-name layout: a record that the controller moves. */
  controlName: hostName.optional(),
  instanceType: z
    .string()
    .regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, 'must be an instance type, such as m7i.xlarge')
    .default('m7i.xlarge'),
  volumeGib: z.int().min(50).max(16_384).default(500),
  features: z
    .array(z.enum(features))
    .min(1)
    .default(['pulpcore', 'registration', 'templates', 'logs']),
  /** Features that lose data when rebuilt, and where their state is kept instead. */
  persisted: z.partialRecord(z.enum(features), z.string().min(1)).default({}),
  certs: z.strictObject({
    /** Key of certs.tar in the fleet's certs bucket. */
    key: z.string().min(1),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits')
      .optional(),
  }),
  /** SSM SecureString with the remote-execution key; needed by the feature `script`. */
  remoteExecutionKey: parameterName.optional(),
});

export const fleetSchema = z.strictObject({
  fleet: label,
  katello,
  cycle,
  image,
  content,
  slack: z.strictObject({ webhook: parameterName }),
  network,
  proxies: z.array(proxy).min(1, 'needs at least one proxy'),
});

export type Fleet = z.infer<typeof fleetSchema>;
export type Proxy = Fleet['proxies'][number];
export type Layout = 'two-names' | 'one-name';

export const layoutOf = (proxy: Proxy): Layout =>
  proxy.controlName === undefined ? 'one-name' : 'two-names';

/** The name under which Katello knows the proxy, which is the one its certificate is made for. */
export const katelloNameOf = (proxy: Proxy): string => proxy.controlName ?? proxy.serviceName;
