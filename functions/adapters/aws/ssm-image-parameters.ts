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
      // Launch templates resolve, and EC2's check of references sees, parameters of this type only.
      DataType: 'aws:ec2:image',
      Overwrite: true,
    } as const;
    await callAws('PutParameter', parameterName, () => client.send(new PutParameterCommand(input)));
    // Systems Manager looks at such a value after it has answered, and may drop it: seen is believed.
    if ((await readParameter(client, parameterName)) === imageId) return;
    throw new NamedFailure(
      'AwsUnavailable',
      `The parameter ${parameterName} does not hold ${imageId} yet`,
    );
  },
});

/** The images that the parameters below a path name. */
export const readImagesBelow = async (
  client: SsmClient,
  path: string,
): Promise<readonly string[]> =>
  (await readParametersBelow(client, path)).flatMap(({ Value }) => Value ?? []);
