import type { KmsClient, SsmClient } from '../adapters/aws/clients.ts';
import {
  type CloudFormationEvent,
  neverCreated,
  type ResourceOutcome,
  resourceTypes,
} from './custom-resources.ts';
import { firstImage } from './first-image.ts';
import { firstRun } from './first-run.ts';
import { launchGrant } from './launch-grant.ts';

export interface BootstrapEnvironment {
  readonly kms: KmsClient;
  readonly ssm: SsmClient;
  readonly now: () => Date;
  /** Sends the response to CloudFormation, which waits for it at this URL for an hour. */
  readonly put: (url: string, body: string) => Promise<void>;
}

const decide = (
  environment: BootstrapEnvironment,
  event: CloudFormationEvent,
): Promise<ResourceOutcome> | ResourceOutcome => {
  if (event.ResourceType === resourceTypes.firstImage) return firstImage(environment.ssm, event);
  if (event.ResourceType === resourceTypes.firstRun) return firstRun(event, environment.now());
  if (event.ResourceType === resourceTypes.launchGrant) return launchGrant(environment.kms, event);
  throw new Error(`Unknown resource type ${event.ResourceType}`);
};

const answerTo = async (environment: BootstrapEnvironment, event: CloudFormationEvent) => {
  try {
    const { physicalId, data } = await decide(environment, event);
    return { Status: 'SUCCESS', PhysicalResourceId: physicalId, Data: data };
  } catch (error) {
    const Reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return {
      Status: 'FAILED',
      Reason,
      PhysicalResourceId: event.PhysicalResourceId ?? neverCreated,
    };
  }
};

/** Implements the custom resource protocol: whatever happens, CloudFormation gets exactly one response. */
export const handle = async (
  environment: BootstrapEnvironment,
  event: CloudFormationEvent,
): Promise<void> => {
  const { StackId, RequestId, LogicalResourceId } = event;
  const answer = { ...(await answerTo(environment, event)), StackId, RequestId, LogicalResourceId };
  await environment.put(event.ResponseURL, JSON.stringify(answer));
};
