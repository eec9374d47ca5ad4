import type {
  Change,
  ChangeResourceRecordSetsCommandInput,
  ChangeResourceRecordSetsCommandOutput,
  GetChangeCommandInput,
  GetChangeCommandOutput,
  ListResourceRecordSetsCommandInput,
  ListResourceRecordSetsCommandOutput,
} from '@aws-sdk/client-route-53';
import { AwsError } from './aws-error.ts';
import { canonical, type HostedZones } from './hosted-zones.ts';
import type { Answer, Handlers } from './simulated-service.ts';

/** The commands of Route 53. `proxyOf` names the proxy of a control name, for those who watch. */
export const route53 = (
  zones: HostedZones,
  proxyOf: (name: string) => string | undefined,
  now: () => number,
): Handlers => ({
  ListResourceRecordSetsCommand: (
    input: ListResourceRecordSetsCommandInput,
  ): Answer<ListResourceRecordSetsCommandOutput> => {
    const records = zones.records(idOf(input.HostedZoneId));
    const from = records.filter(({ name }) => name >= canonical(input.StartRecordName ?? ''));
    const page = from.slice(0, input.MaxItems ?? 100);
    return {
      ResourceRecordSets: page.map(({ name, ttlSeconds, address }) => ({
        Name: name,
        Type: 'A',
        TTL: ttlSeconds,
        ResourceRecords: [{ Value: address }],
      })),
      IsTruncated: page.length < from.length,
      MaxItems: input.MaxItems ?? 100,
    };
  },
  ChangeResourceRecordSetsCommand: (
    input: ChangeResourceRecordSetsCommandInput,
  ): Answer<ChangeResourceRecordSetsCommandOutput> => {
    const [change, ...more] = input.ChangeBatch?.Changes ?? [];
    // Route 53 makes all changes of a batch or none.
    if (change === undefined || more.length > 0)
      throw new Error('The simulated route53 knows batches of one change only');
    const record = recordOf(change);
    const action = change.Action ?? 'UPSERT';
    zones.change(idOf(input.HostedZoneId), action, record, proxyOf(record.name));
    return {
      ChangeInfo: {
        Id: `/change/${zones.noteChange()}`,
        Status: 'PENDING',
        SubmittedAt: new Date(now()),
      },
    };
  },
  GetChangeCommand: (input: GetChangeCommandInput): Answer<GetChangeCommandOutput> => {
    const status = zones.isInSync(idOf(input.Id)) ? 'INSYNC' : 'PENDING';
    return { ChangeInfo: { Id: input.Id, Status: status, SubmittedAt: new Date(now()) } };
  },
});

/** The SDK cuts the prefix off that Route 53 writes before ids. */
const idOf = (id: string | undefined): string => (id ?? '').replace(/^\/[a-z]+\//, '');

const recordOf = ({ ResourceRecordSet: record }: Change) => {
  const [address, ...more] = record?.ResourceRecords ?? [];
  if (record?.Type !== 'A' || address?.Value === undefined || more.length > 0) {
    throw new Error('The simulated route53 knows A records with one address only');
  }
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(address.Value)) {
    throw new AwsError('InvalidChangeBatch', `[Invalid Resource Record: '${address.Value}']`);
  }
  return { name: record.Name ?? '', ttlSeconds: record.TTL ?? 0, address: address.Value };
};
