import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { NamedFailure } from '../../domain/failures.ts';
import type { ImageParameterPort } from '../../ports/image-parameters.ts';
import type { SsmClient } from './clients.ts';
import { callAws } from './errors.ts';
import { readParameter, readParametersBelow } from './ssm-parameters.ts';

export const ssmImageParameters = (client: SsmClient): ImageParameterPort => ({
  read: (parameterName) => readParameter(client, parameterName),
  write: async (parameterName, imageId) => {
    if ((await readParameter(client, parameterName)) === imageId) return;
    const input = {
      Name: parameterName,
      Value: imageId,
      Type: 'String',
      // Only parameters of this type are resolved by launch templates and seen by EC2's check of references.
      DataType: 'aws:ec2:image',
      Overwrite: true,
    } as const;
    await callAws('PutParameter', parameterName, () => client.send(new PutParameterCommand(input)));
    // Systems Manager validates such a value after it has answered and may discard it, so read it back.
    if ((await readParameter(client, parameterName)) === imageId) return;
    throw new NamedFailure(
      'AwsUnavailable',
      `The parameter ${parameterName} does not have the value ${imageId} yet`,
    );
  },
});

/** The images named by the parameters below a path. */
export const readImagesBelow = async (
  client: SsmClient,
  path: string,
): Promise<readonly string[]> =>
  (await readParametersBelow(client, path)).flatMap(({ Value }) => Value ?? []);
