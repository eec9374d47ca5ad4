import type {
  AttributeValue,
  DeleteItemCommandInput,
  DeleteItemCommandOutput,
  GetItemCommandInput,
  GetItemCommandOutput,
  PutItemCommandInput,
  PutItemCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { AwsError } from './aws-error.ts';
import { holds, type Item } from './condition.ts';
import type { Answer, Handlers } from './simulated-service.ts';

/** Tables by name, each with its items by the partition key `id`. */
export type Tables = Map<string, Map<string, Item>>;

type Conditional = Pick<
  PutItemCommandInput,
  'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

/** A copy: the values of attributes are never changed, only replaced. */
const copied = (item: Item): Item => ({ ...item });

/** The commands of DynamoDB. */
export const dynamoDb = (tables: Tables): Handlers => ({
  GetItemCommand: (input: GetItemCommandInput): Answer<GetItemCommandOutput> => {
    const item = tableOf(tables, input.TableName).get(idOf(input.Key));
    return { Item: item && copied(item) };
  },
  PutItemCommand: (input: PutItemCommandInput): Answer<PutItemCommandOutput> => {
    const table = tableOf(tables, input.TableName);
    const id = idOf(input.Item);
    assertCondition(input, table.get(id));
    assertSize(input.Item ?? {});
    table.set(id, copied(input.Item ?? {}));
    return {};
  },
  DeleteItemCommand: (input: DeleteItemCommandInput): Answer<DeleteItemCommandOutput> => {
    const table = tableOf(tables, input.TableName);
    const id = idOf(input.Key);
    assertCondition(input, table.get(id));
    table.delete(id);
    return {};
  },
});

const tableOf = (tables: Tables, name: string | undefined): Map<string, Item> => {
  const table = tables.get(name ?? '');
  if (table !== undefined) return table;
  throw new AwsError(
    'ResourceNotFoundException',
    `Requested resource not found: Table: ${name} not found`,
  );
};

const idOf = (key: Item | undefined): string => {
  const id = key?.['id']?.S;
  if (id !== undefined && id !== '') return id;
  throw new AwsError('ValidationException', 'One of the required keys was not given a value');
};

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const itemBytesMax = 400 * 1024;

const bytesOf = ({ S = '', N = '', B }: AttributeValue): number =>
  Buffer.byteLength(S) + N.length + (B?.length ?? 0);

const assertSize = (item: Item): void => {
  const bytes = Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + bytesOf(value),
    0,
  );
  if (bytes > itemBytesMax)
    throw new AwsError('ValidationException', 'Item size has exceeded the maximum allowed size');
};

const assertCondition = (input: Conditional, item: Item | undefined): void => {
  if (input.ConditionExpression === undefined) return;
  const condition = {
    expression: input.ConditionExpression,
    names: input.ExpressionAttributeNames ?? {},
    values: input.ExpressionAttributeValues ?? {},
  };
  if (!holds(condition, item)) {
    throw new AwsError('ConditionalCheckFailedException', 'The conditional request failed');
  }
};
