import { type PortMethod, type PortName, portOf } from '../../functions/ports/port-methods.ts';

/** The large packages behind each port: those that a bundle has only when its function uses the port. */
export const packagesOf: Readonly<Record<PortName, readonly string[]>> = {
  announcer: ['undici'],
  balancer: ['@aws-sdk/client-elastic-load-balancing-v2'],
  boot: ['@aws-sdk/client-ssm'],
  content: ['undici'],
  dns: ['@aws-sdk/client-route-53'],
  executions: ['@aws-sdk/client-sfn'],
  groups: ['@aws-sdk/client-auto-scaling'],
  imageParameters: ['@aws-sdk/client-ssm'],
  images: ['@aws-sdk/client-ec2', '@aws-sdk/client-ssm'],
  instances: ['@aws-sdk/client-ec2'],
  launchTemplates: ['@aws-sdk/client-ec2'],
  ledger: ['@aws-sdk/client-dynamodb'],
  marker: ['undici'],
  packageLists: ['@aws-sdk/client-s3'],
};

/** Every invocation begins with reading the fleet. */
const always = ['@aws-sdk/client-ssm'];

const packagesFor = (needs: readonly PortMethod[]): ReadonlySet<string> =>
  new Set([...always, ...needs.flatMap((method) => packagesOf[portOf(method)])]);

export const packagesWithout = (needs: readonly PortMethod[]): readonly string[] => {
  const wanted = packagesFor(needs);
  const known = new Set([...always, ...Object.values(packagesOf).flat()]);
  return [...known].filter((name) => !wanted.has(name));
};
