import { z } from 'zod';
import { sized } from '../sized.ts';
import { hostName } from './names.ts';

const cidr = z.union([z.cidrv4(), z.cidrv6()], 'must be a CIDR block, such as 10.0.0.0/8');

export const network = z.strictObject({
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
    .min(2, sized('needs at least two subnets, in different availability zones'))
    .describe('the ids of the subnets that the proxies run in'),
  availabilityZones: z
    .array(z.string().min(1, sized()))
    .min(2, sized('needs the availability zone of each subnet, in the same order'))
    .describe('the availability zone of each subnet, in the same order'),
  clientCidrs: z
    .array(cidr)
    .min(1, sized('needs at least one CIDR block of the clients'))
    .describe('the CIDR blocks of the clients'),
  katelloCidrs: z
    .array(cidr)
    .min(1, sized('needs at least one CIDR block of Katello'))
    .describe('the CIDR blocks of Katello'),
  hostedZone: z
    .strictObject({
      id: z
        .string()
        .regex(
          /^Z[A-Z0-9]{5,31}$/,
          'must be the id of a hosted zone, such as Z0123456789ABCDEFGHIJ',
        )
        .describe('the id of the hosted zone'),
      name: hostName.describe('the name of the hosted zone; the names of the proxies end with it'),
    })
    .describe('the Route 53 hosted zone that holds the names of the proxies'),
});
