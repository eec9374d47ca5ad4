import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  ChangeResourceRecordSetsCommand,
  ListResourceRecordSetsCommand,
} from '@aws-sdk/client-route-53';
import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import type { LifeWorld, Trace } from './trace.ts';

/** What a rebuild writes down: parameters, the control name's record, the lock. */
export const recordLife = async (world: LifeWorld, trace: Trace): Promise<void> => {
  await parameterLife(world, trace);
  await controlNameLife(world, trace);
  await lockLife(world, trace);
};

const parameterLife = async ({ ssm }: LifeWorld, trace: Trace): Promise<void> => {
  const Name = '/smart-proxy-rebuilder/europe/images/proxies/vienna';
  const put = (Value: string, Overwrite: boolean) => async (): Promise<string> => {
    const input = { Name, Value, Overwrite, Type: 'String' } as const;
    return `version ${(await ssm.send(new PutParameterCommand(input))).Version}`;
  };
  const get = (asked: string) => async (): Promise<string> => {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: asked }));
    return `${Parameter?.Value} version ${Parameter?.Version}`;
  };
  await trace.note('read a parameter that does not exist', get(Name));
  await trace.note('write a parameter', put('one', false), get(Name));
  await trace.note('write it again without leave', put('two', false), get(Name));
  await trace.note('write over it', put('three', true), get(Name));
};

const controlNameLife = async ({ route53, zoneId }: LifeWorld, trace: Trace): Promise<void> => {
  const name = 'vienna-control.example.com';
  const change =
    (Action: 'UPSERT' | 'DELETE' | 'CREATE', Name: string, Value: string) =>
    async (): Promise<string> => {
      const ResourceRecordSet = {
        Name,
        Type: 'A' as const,
        TTL: 30,
        ResourceRecords: [{ Value }],
      };
      const ChangeBatch = { Changes: [{ Action, ResourceRecordSet }] };
      const input = { HostedZoneId: zoneId, ChangeBatch };
      await route53.send(new ChangeResourceRecordSetsCommand(input));
      return 'done';
    };
  const read = async (): Promise<string> => {
    const input = {
      HostedZoneId: zoneId,
      StartRecordName: name,
      StartRecordType: 'A',
      MaxItems: 1,
    } as const;
    const [record] =
      (await route53.send(new ListResourceRecordSetsCommand(input))).ResourceRecordSets ?? [];
    return `${record?.Name} ${record?.TTL} ${record?.ResourceRecords?.[0]?.Value}`;
  };
  await trace.note('write the control name', change('UPSERT', name, '10.0.0.1'), read);
  await trace.note('move the control name', change('UPSERT', name, '10.0.0.2'), read);
  await trace.note('create the control name', change('CREATE', name, '10.0.0.3'), read);
  await trace.note('delete it with another address', change('DELETE', name, '10.0.0.3'), read);
  await trace.note('write no address', change('UPSERT', name, 'nowhere'), read);
  await trace.note('write outside the zone', change('UPSERT', 'vienna.example.org', '10.0.0.1'));
};

const lockLife = async ({ dynamoDb, tableName }: LifeWorld, trace: Trace): Promise<void> => {
  const id = { S: 'lock#vienna' };
  const take = (owner: string) => () =>
    dynamoDb.send(
      new PutItemCommand({
        TableName: tableName,
        Item: { id, owner: { S: owner } },
        ConditionExpression: 'attribute_not_exists(id) OR #owner = :owner',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':owner': { S: owner } },
      }),
    );
  const free = (owner: string) => () =>
    dynamoDb.send(
      new DeleteItemCommand({
        TableName: tableName,
        Key: { id },
        ConditionExpression: '#owner = :owner',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':owner': { S: owner } },
      }),
    );
  const reserved = () =>
    dynamoDb.send(
      new DeleteItemCommand({
        TableName: tableName,
        Key: { id },
        ConditionExpression: 'owner = :owner',
        ExpressionAttributeValues: { ':owner': { S: 'one' } },
      }),
    );
  const look = async (): Promise<string> => {
    const { Item } = await dynamoDb.send(
      new GetItemCommand({ TableName: tableName, Key: { id }, ConsistentRead: true }),
    );
    return Item === undefined ? 'free' : `held by ${Item['owner']?.S}`;
  };
  await trace.note('take the lock', take('one'), look);
  await trace.note('take it from another', take('two'), look);
  await trace.note('take it once more', take('one'), look);
  await trace.note('free it by a reserved word', reserved, look);
  await trace.note('free what another holds', free('two'), look);
  await trace.note('free the lock', free('one'), look);
  await trace.note('free it again', free('one'), look);
};
