import { route53Arn } from '../arns.ts';
import type { GrantContext } from '../grant-context.ts';
import type { Grant } from './grant.ts';

const zoneArn = ({ place, fleet }: GrantContext): string =>
  route53Arn(place, 'hostedzone', fleet.network.hostedZone.id);

/** The control names of the fleet, their addresses, and nothing else of the zone. */
const writing: Grant = (context) => [
  {
    actions: ['route53:ChangeResourceRecordSets'],
    resources: [zoneArn(context)],
    conditions: {
      'ForAllValues:StringEquals': {
        'route53:ChangeResourceRecordSetsNormalizedRecordNames': context.fleet.proxies.flatMap(
          ({ controlName }) => controlName ?? [],
        ),
        'route53:ChangeResourceRecordSetsRecordTypes': ['A'],
        'route53:ChangeResourceRecordSetsActions': ['UPSERT'],
      },
    },
  },
];

const reading: Grant = (context) => [
  { actions: ['route53:ListResourceRecordSets'], resources: [zoneArn(context)] },
];

const following: Grant = ({ place }) => [
  {
    actions: ['route53:GetChange'],
    resources: [route53Arn(place, 'change', '*')],
    wildcard: 'Route 53 makes up the id of a change when it is asked for one.',
  },
];

export const nameGrants = {
  'dns.readAddress': reading,
  'dns.writeAddress': writing,
  'dns.isInSync': following,
} as const;
