import { GetParametersByPathCommand, type Parameter } from '@aws-sdk/client-ssm';
import { asking } from './errors.ts';
import { allPages } from './pages.ts';
import type { SsmSender } from './sender.ts';

/** Every parameter below a path, by all its pages. */
export const readParametersBelow = (
  client: SsmSender,
  path: string,
): Promise<readonly Parameter[]> =>
  allPages(`The list of parameters below ${path}`, async (NextToken) => {
    const input = { Path: path, Recursive: true, NextToken };
    const answer = await asking('GetParametersByPath', path, () =>
      client.send(new GetParametersByPathCommand(input)),
    );
    return { elements: answer.Parameters ?? [], next: answer.NextToken };
  });
