import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { NamedFailure } from '../../domain/failures.ts';
import type { ImageParameterPort } from '../../ports/image-parameters.ts';
import { asking, askingUnless, isGone } from './errors.ts';
import type { SsmSender } from './sender.ts';
import { readParametersBelow } from './ssm-parameters.ts';

const read = async (client: SsmSender, parameterName: string): Promise<string | null> => {
  const answer = await askingUnless(
    'GetParameter',
    parameterName,
    () => client.send(new GetParameterCommand({ Name: parameterName })),
    (error) => isGone(error, 'parameter'),
    null,
  );
  return answer?.Parameter?.Value ?? null;
};

export const ssmImageParameters = (client: SsmSender): ImageParameterPort => ({
  read: (parameterName) => read(client, parameterName),
  write: async (parameterName, imageId) => {
    if ((await read(client, parameterName)) === imageId) return;
    const input = {
      Name: parameterName,
      Value: imageId,
      Type: 'String',
      // Launch templates resolve, and EC2's check of references sees, parameters of this type only.
      DataType: 'aws:ec2:image',
      Overwrite: true,
    } as const;
    await asking('PutParameter', parameterName, () => client.send(new PutParameterCommand(input)));
    // Systems Manager looks at such a value after it has answered, and may drop it: seen is believed.
    if ((await read(client, parameterName)) === imageId) return;
    throw new NamedFailure(
      'AwsUnavailable',
      `The parameter ${parameterName} does not hold ${imageId} yet`,
    );
  },
});

/** The images that the parameters below a path name. */
export const readImagesBelow = async (
  client: SsmSender,
  path: string,
): Promise<readonly string[]> =>
  (await readParametersBelow(client, path)).flatMap(({ Value }) => Value ?? []);
