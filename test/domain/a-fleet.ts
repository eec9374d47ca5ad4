import { type Fleet, fleetSchema } from '../../functions/domain/fleet.ts';

interface Changes {
  readonly cycle?: object;
  readonly content?: object;
  readonly jobs?: object | undefined;
  readonly image?: object;
  readonly proxies?: readonly object[];
}

export const aProxy = (name: string, changes: object = {}): object => ({
  name,
  serviceName: `${name}.example.com`,
  certs: { key: `${name}/certs.tar` },
  ...changes,
});

/** A small fleet, as a file says it, with everything else by default. */
export const aFleet = ({ cycle, content, jobs, image, proxies }: Changes = {}): Fleet =>
  fleetSchema.parse({
    fleet: 'europe',
    katello: {
      url: 'https://katello.example.com',
      ca: '/europe/ca',
      credentials: { login: '/europe/login', token: '/europe/token' },
      organization: 'Example',
    },
    cycle,
    content,
    jobs,
    image: {
      base: { id: 'ami-0ba5e000' },
      foremanVersion: '3.19',
      katelloVersion: '4.21',
      ...image,
    },
    slack: { webhook: '/europe/webhook' },
    network: {
      vpcId: 'vpc-00000001',
      subnetIds: ['subnet-00000001', 'subnet-00000002'],
      availabilityZones: ['eu-central-1a', 'eu-central-1b'],
      clientCidrs: ['10.0.0.0/8'],
      katelloCidrs: ['10.1.0.0/16'],
      hostedZone: { id: 'Z0123456789', name: 'example.com' },
    },
    proxies: proxies ?? [aProxy('berlin', { controlName: 'berlin-control.example.com' })],
  });
