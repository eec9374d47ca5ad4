import { CreateGrantCommand, RevokeGrantCommand } from '@aws-sdk/client-kms';
import type { KmsClient } from '../adapters/aws/clients.ts';
import {
  type CloudFormationEvent,
  isNamed,
  launchGrantOperations,
  neverCreated,
  type ResourceOutcome,
} from './custom-resources.ts';

/**
 * Lets Auto Scaling launch from images that a customer's key encrypts: its service-linked role has no access to
 * such keys. A change of the key is another grant, and CloudFormation then deletes the one on the former key.
 */
export const launchGrant = async (
  kms: KmsClient,
  event: CloudFormationEvent,
): Promise<ResourceOutcome> => {
  const { Key: KeyId = '', Role: GranteePrincipal = '', Name = '' } = event.ResourceProperties;
  const { RequestType, PhysicalResourceId = neverCreated } = event;
  if (RequestType === 'Delete') {
    await revoke(kms, KeyId, PhysicalResourceId);
    return { physicalId: PhysicalResourceId };
  }
  // By its name, a repeated request finds the grant that is there.
  const input = { KeyId, GranteePrincipal, Name, Operations: [...launchGrantOperations] };
  const { GrantId } = await kms.send(new CreateGrantCommand(input));
  if (GrantId === undefined) throw new Error(`KMS made a grant on ${KeyId} without an id`);
  return { physicalId: GrantId };
};

const revoke = async (kms: KmsClient, KeyId: string, GrantId: string): Promise<void> => {
  if (GrantId === neverCreated) return;
  try {
    await kms.send(new RevokeGrantCommand({ KeyId, GrantId }));
  } catch (error) {
    if (!isNamed(error, 'NotFoundException')) throw error;
  }
};
