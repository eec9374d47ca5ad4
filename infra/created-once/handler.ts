import type { SsmClient } from '../../functions/adapters/aws/clients.ts';
import { firstImage } from './first-image.ts';
import { firstRun } from './first-run.ts';
import { type CloudFormationEvent, createdOnce, type Outcome } from './types.ts';

export interface Outside {
  readonly ssm: SsmClient;
  readonly now: () => Date;
  /** Tells CloudFormation, which waits an hour for a word at this address. */
  readonly put: (url: string, body: string) => Promise<void>;
}

const decide = (outside: Outside, event: CloudFormationEvent): Promise<Outcome> | Outcome => {
  if (event.ResourceType === createdOnce.firstImage) return firstImage(outside.ssm, event);
  if (event.ResourceType === createdOnce.firstRun) return firstRun(event, outside.now());
  throw new Error(`There is no resource ${event.ResourceType}`);
};

const answerTo = async (outside: Outside, event: CloudFormationEvent) => {
  try {
    const { physicalId, data } = await decide(outside, event);
    return { Status: 'SUCCESS', PhysicalResourceId: physicalId, Data: data };
  } catch (error) {
    const Reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { Status: 'FAILED', Reason, PhysicalResourceId: event.PhysicalResourceId ?? 'none' };
  }
};

/** Speaks the protocol of custom resources: whatever happens, CloudFormation gets exactly one answer. */
export const handle = async (outside: Outside, event: CloudFormationEvent): Promise<void> => {
  const { StackId, RequestId, LogicalResourceId } = event;
  const answer = { ...(await answerTo(outside, event)), StackId, RequestId, LogicalResourceId };
  await outside.put(event.ResponseURL, JSON.stringify(answer));
};
