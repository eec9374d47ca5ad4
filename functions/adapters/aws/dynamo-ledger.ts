import {
  type AttributeValue,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { NamedFailure } from '../../domain/failures.ts';
import { emptyRecord, type ProxyRecord, proxyRecordSchema } from '../../domain/record.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LedgerPort } from '../../ports/ledger.ts';
import type { DynamoDbClient } from './clients.ts';
import { contentItem, readContentItem } from './content-item.ts';
import { callAws, isConditionFailed, nameError } from './errors.ts';

/** Keys of the one table; the state machine writes the lock under the same key. */
export const ledgerKeys = {
  lock: (proxy: string): string => `lock#${proxy}`,
  proxy: (proxy: string): string => `proxy#${proxy}`,
  claim: (key: string): string => `claim#${key}`,
  content: (proxy: string, kind: string): string => `content#${proxy}#${kind}`,
} as const;

/** The name of an execution, from which keys are made, can be reused after 90 days. */
const claimSeconds = 90 * 24 * 3600;

type Item = Record<string, AttributeValue>;

export const dynamoLedger = (
  client: DynamoDbClient,
  tableName: string,
  clock: Clock,
): LedgerPort => {
  const get = async (id: string): Promise<Item | undefined> => {
    const input = { TableName: tableName, Key: { id: { S: id } }, ConsistentRead: true };
    return (await callAws('GetItem', id, () => client.send(new GetItemCommand(input)))).Item;
  };

  /** False when the condition did not hold. */
  const put = async (
    item: Item,
    condition: Omit<PutItemCommandInput, 'TableName' | 'Item'>,
  ): Promise<boolean> => {
    try {
      await client.send(new PutItemCommand({ TableName: tableName, Item: item, ...condition }));
      return true;
    } catch (error) {
      if (isConditionFailed(error)) return false;
      throw nameError('PutItem', item['id']?.S ?? tableName, error);
    }
  };

  return {
    read: async (proxyName) => asRecord(proxyName, await get(ledgerKeys.proxy(proxyName))),
    update: async (proxyName, change) => {
      const id = ledgerKeys.proxy(proxyName);
      const item = await get(id);
      const record = change(asRecord(proxyName, item));
      const version = versionOf(proxyName, item);
      const written = await put(
        {
          id: { S: id },
          record: { S: JSON.stringify(record) },
          version: { N: String(version + 1) },
        },
        {
          ConditionExpression: 'attribute_not_exists(id) OR #version = :read',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':read': { N: String(version) } },
        },
      );
      if (written) return record;
      throw new NamedFailure(
        'RecordChanged',
        `The record of ${proxyName} was changed in the meantime`,
      );
    },
    readContent: async (proxyName, kind) =>
      readContentItem(
        ledgerKeys.content(proxyName, kind),
        await get(ledgerKeys.content(proxyName, kind)),
      ),
    writeContent: async (proxyName, kind, content) => {
      await put(contentItem(ledgerKeys.content(proxyName, kind), content), {});
    },
    lockHolder: async (proxyName) => {
      const item = await get(ledgerKeys.lock(proxyName));
      if (item === undefined) return null;
      const takenAt = new Date(item['takenAt']?.S ?? '');
      const executionArn = item['owner']?.S;
      if (executionArn === undefined || Number.isNaN(takenAt.getTime()))
        throw unreadable(proxyName);
      return { executionArn, takenAt, reason: item['reason']?.S ?? '' };
    },
    claim: (key, owner) => {
      const now = nowSeconds(clock);
      return put(claimItem(key, owner, now), {
        // DynamoDB may take days to delete an expired item.
        ConditionExpression:
          'attribute_not_exists(id) OR expiresAt < :now OR (#owner = :me AND attribute_not_exists(fulfilledAt))',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':now': { N: String(now) }, ':me': { S: owner } },
      });
    },
    fulfil: async (key, owner) => {
      const now = nowSeconds(clock);
      await put({ ...claimItem(key, owner, now), fulfilledAt: { N: String(now) } }, {});
    },
  };
};

const nowSeconds = (clock: Clock): number => Math.floor(clock.now().getTime() / 1000);

const claimItem = (key: string, owner: string, now: number): Item => ({
  id: { S: ledgerKeys.claim(key) },
  owner: { S: owner },
  expiresAt: { N: String(now + claimSeconds) },
});

const unreadable = (proxyName: string): NamedFailure =>
  new NamedFailure(
    'UnexpectedAnswer',
    `The lock of ${proxyName} has no owner or no start time; delete the item ${ledgerKeys.lock(proxyName)} ` +
      'when no rebuild of this proxy is running',
  );

const versionOf = (proxyName: string, item: Item | undefined): number => {
  const version = Number(item?.['version']?.N ?? 0);
  if (Number.isSafeInteger(version)) return version;
  throw new NamedFailure(
    'UnexpectedAnswer',
    `The item ${ledgerKeys.proxy(proxyName)} has a version that is not a whole number`,
  );
};

const asRecord = (proxyName: string, item: Item | undefined): ProxyRecord => {
  if (item === undefined) return emptyRecord;
  const parsed = proxyRecordSchema.safeParse(jsonOf(item['record']?.S));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new NamedFailure(
    'UnexpectedAnswer',
    `The item ${ledgerKeys.proxy(proxyName)} is not a valid proxy record ` +
      `(${issue?.path.map(String).join('.').slice(0, 200) || 'the whole'}: ${issue?.message})`,
  );
};

const jsonOf = (text: string | undefined): unknown => {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
};
