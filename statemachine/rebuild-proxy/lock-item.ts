import type { TaskState } from '../asl.ts';
import { errorNames } from '../error-names.ts';
import { retries } from '../retries.ts';
import { catchTo, expect } from '../tasks.ts';

const id = { 'S.$': "States.Format('lock#{}', $.request.proxy)" };
const thisExecution = { 'S.$': '$.execution.id' };

const onLedger = (call: 'putItem' | 'deleteItem', parameters: object, comment?: string) =>
  ({
    Type: 'Task',
    ...(comment && { Comment: comment }),
    Resource: `arn:\${partition}:states:::dynamodb:${call}`,
    TimeoutSeconds: 60,
    Parameters: {
      TableName: '${ledgerTable}',
      ...parameters,
      ExpressionAttributeNames: { '#owner': 'owner' },
    },
    ResultPath: null,
    Retry: retries.lock,
  }) as const;

/** When the lock may be taken: it is free, or its owner is dead. */
const conditions = {
  free: ['attribute_not_exists(id) OR #owner = :me', { ':me': thisExecution }],
  abandoned: ['#owner = :dead', { ':dead': { 'S.$': '$.lock.owner' } }],
} as const;

/** Takes the proxy's lock for this execution. */
export const takeLock = <const Target extends string>(
  condition: keyof typeof conditions,
  { next, onConflict, onFailure }: Readonly<Record<'next' | 'onConflict' | 'onFailure', Target>>,
  comment: string,
): TaskState<Target> => {
  const [ConditionExpression, ExpressionAttributeValues] = conditions[condition];
  const taken = {
    reason: { 'S.$': '$.request.reason' },
    takenAt: { 'S.$': '$$.State.EnteredTime' },
  };
  const Item = { id, owner: thisExecution, ...taken };
  return {
    ...onLedger('putItem', { Item, ConditionExpression, ExpressionAttributeValues }, comment),
    Catch: [expect(errorNames.conditionFailed, onConflict), catchTo(onFailure)],
    Next: next,
  };
};

/** Releases the proxy's lock unless it is free already or another execution holds it. */
export const releaseLock = <const Target extends string>(next: Target): TaskState<Target> => ({
  ...onLedger('deleteItem', {
    Key: { id },
    ConditionExpression: '#owner = :me',
    ExpressionAttributeValues: { ':me': thisExecution },
  }),
  Catch: [expect(errorNames.conditionFailed, next), catchTo(next, 'unlockFailure')],
  Next: next,
});
