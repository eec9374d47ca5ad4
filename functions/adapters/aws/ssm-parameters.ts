import {
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  type Parameter,
} from '@aws-sdk/client-ssm';
import type { SsmClient } from './clients.ts';
import { callAws, callAwsUnless, isGone } from './errors.ts';
import { allPages } from './pages.ts';

/** The value of a non-secret parameter; `null` when the parameter does not exist. */
export const readParameter = async (client: SsmClient, name: string): Promise<string | null> => {
  const answer = await callAwsUnless(
    'GetParameter',
    name,
    () => client.send(new GetParameterCommand({ Name: name })),
    (error) => isGone(error, 'parameter'),
    null,
  );
  return answer?.Parameter?.Value ?? null;
};

/** Those of the parameters that there are, in one call; Systems Manager takes up to ten names. */
export const readParameters = async (
  client: SsmClient,
  names: readonly string[],
  { decrypt = false } = {},
): Promise<readonly Parameter[]> => {
  const input = { Names: [...names], WithDecryption: decrypt };
  const answer = await callAws('GetParameters', names.join(', '), () =>
    client.send(new GetParametersCommand(input)),
  );
  return answer.Parameters ?? [];
};

/** Every parameter below a path. */
export const readParametersBelow = (
  client: SsmClient,
  path: string,
): Promise<readonly Parameter[]> =>
  allPages(`The list of parameters below ${path}`, async (NextToken) => {
    const input = { Path: path, Recursive: true, NextToken };
    const answer = await callAws('GetParametersByPath', path, () =>
      client.send(new GetParametersByPathCommand(input)),
    );
    return { elements: answer.Parameters ?? [], next: answer.NextToken };
  });
