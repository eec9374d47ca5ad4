import {
  DeleteParameterCommand,
  GetParameterCommand,
  PutParameterCommand,
} from '@aws-sdk/client-ssm';
import type { SsmClient } from '../adapters/aws/clients.ts';
import { type CloudFormationEvent, isNamed, type ResourceOutcome } from './custom-resources.ts';

/**
 * The parameter with the image that a proxy launches from. As a plain CloudFormation resource it would be
 * reset to an old image whenever any of its properties changed. This creates it once with the base image, so
 * that the group can be created, and leaves it to the controller from then on.
 */
export const firstImage = async (
  ssm: SsmClient,
  event: CloudFormationEvent,
): Promise<ResourceOutcome> => {
  const { Parameter: name = '', BaseImage: base = '' } = event.ResourceProperties;
  if (event.RequestType === 'Create') await create(ssm, name, await imageOf(ssm, base));
  if (event.RequestType === 'Delete') await remove(ssm, name);
  return { physicalId: name };
};

const imageOf = async (ssm: SsmClient, base: string): Promise<string> => {
  if (!base.startsWith('/')) return base;
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: base }));
  if (Parameter?.Value !== undefined) return Parameter.Value;
  throw new Error(`The parameter ${base} of image.base is empty`);
};

const create = async (ssm: SsmClient, name: string, imageId: string): Promise<void> => {
  const input = {
    Name: name,
    Value: imageId,
    Type: 'String',
    DataType: 'aws:ec2:image',
    Overwrite: false,
  } as const;
  try {
    await ssm.send(new PutParameterCommand(input));
  } catch (error) {
    // A repeated event, or a proxy that existed before: the existing value is newer than the base image.
    if (!isNamed(error, 'ParameterAlreadyExists')) throw error;
  }
};

const remove = async (ssm: SsmClient, name: string): Promise<void> => {
  try {
    await ssm.send(new DeleteParameterCommand({ Name: name }));
  } catch (error) {
    if (!isNamed(error, 'ParameterNotFound')) throw error;
  }
};
