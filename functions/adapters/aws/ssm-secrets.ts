import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { NamedFailure } from '../../domain/failures.ts';
import type { SsmClient } from './clients.ts';
import { callAws } from './errors.ts';

/** Reads the value of a SecureString. No message and no error contains the value. */
export const ssmSecrets = (
  client: SsmClient,
): { readonly readSecret: (parameterName: string) => Promise<string> } => ({
  readSecret: async (parameterName) => {
    const input = { Name: parameterName, WithDecryption: true };
    const answer = await callAws('GetParameter', parameterName, () =>
      client.send(new GetParameterCommand(input)),
    );
    const value = answer.Parameter?.Value;
    if (value === undefined || value === '') {
      throw new NamedFailure('UnexpectedAnswer', `The parameter ${parameterName} is empty`);
    }
    return value;
  },
});
