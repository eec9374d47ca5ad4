import type { Estate } from '../estate.ts';
import type { Grant } from './grant.ts';

const route53Arn = ({ stack }: Estate, resource: string, id: string): string =>
  stack.formatArn({ service: 'route53', region: '', account: '', resource, resourceName: id });

const zoneArn = (estate: Estate): string =>
  route53Arn(estate, 'hostedzone', estate.settings.fleet.network.hostedZone.id);

/** The control names of the fleet, their addresses, and nothing else of the zone. */
const writing: Grant = (estate) => [
  {
    actions: ['route53:ChangeResourceRecordSets'],
    resources: [zoneArn(estate)],
    conditions: {
      'ForAllValues:StringEquals': {
        'route53:ChangeResourceRecordSetsNormalizedRecordNames':
          estate.settings.fleet.proxies.flatMap(({ controlName }) => controlName ?? []),
        'route53:ChangeResourceRecordSetsRecordTypes': ['A'],
        'route53:ChangeResourceRecordSetsActions': ['UPSERT'],
      },
    },
  },
];

const reading: Grant = (estate) => [
  { actions: ['route53:ListResourceRecordSets'], resources: [zoneArn(estate)] },
];

const following: Grant = (estate) => [
  {
    actions: ['route53:GetChange'],
    resources: [route53Arn(estate, 'change', '*')],
    wildcard: 'Route 53 makes up the id of a change when it is asked for one.',
  },
];

export const nameGrants = {
  'dns.readAddress': reading,
  'dns.writeAddress': writing,
  'dns.isInSync': following,
} as const;
