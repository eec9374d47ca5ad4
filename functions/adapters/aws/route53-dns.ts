import {
  ChangeResourceRecordSetsCommand,
  GetChangeCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { NamedFailure } from '../../domain/failures.ts';
import { controlNameTtlSeconds, type DnsPort } from '../../ports/dns.ts';
import type { Route53Client } from './clients.ts';
import { callAws } from './errors.ts';

export const route53Dns = (client: Route53Client): DnsPort => ({
  readAddress: async (hostedZoneId, name) => {
    const input = {
      HostedZoneId: hostedZoneId,
      StartRecordName: name,
      StartRecordType: 'A',
      MaxItems: 1,
    } as const;
    const answer = await callAws('ListResourceRecordSets', name, () =>
      client.send(new ListResourceRecordSetsCommand(input)),
    );
    // The list starts at the name or, when there is no such record, at the next one.
    const record = answer.ResourceRecordSets?.[0];
    const isAsked = record?.Type === 'A' && isSameName(record.Name ?? '', name);
    return isAsked ? addressOf(record, name) : null;
  },
  writeAddress: async (hostedZoneId, name, address) => {
    const record: ResourceRecordSet = {
      Name: name,
      Type: 'A',
      TTL: controlNameTtlSeconds,
      ResourceRecords: [{ Value: address }],
    };
    const input = {
      HostedZoneId: hostedZoneId,
      ChangeBatch: { Changes: [{ Action: 'UPSERT' as const, ResourceRecordSet: record }] },
    };
    const answer = await callAws('ChangeResourceRecordSets', name, () =>
      client.send(new ChangeResourceRecordSetsCommand(input)),
    );
    const changeId = answer.ChangeInfo?.Id;
    if (changeId === undefined) {
      throw new NamedFailure('UnexpectedAnswer', `Route 53 returned no change id for ${name}`);
    }
    return changeId;
  },
  isInSync: async (changeId) => {
    const answer = await callAws('GetChange', changeId, () =>
      client.send(new GetChangeCommand({ Id: changeId })),
    );
    return answer.ChangeInfo?.Status === 'INSYNC';
  },
});

const isSameName = (one: string, other: string): boolean => canonical(one) === canonical(other);

const canonical = (name: string): string => name.toLowerCase().replace(/\.$/, '');

const addressOf = (record: ResourceRecordSet, name: string): string => {
  const [address, ...more] = record.ResourceRecords ?? [];
  if (address?.Value !== undefined && more.length === 0) return address.Value;
  throw new NamedFailure(
    'UnexpectedAnswer',
    `The A record ${name} does not have exactly one address; it must be a simple record with the ` +
      'address of the serving instance',
  );
};
