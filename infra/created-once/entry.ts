import { SSMClient } from '@aws-sdk/client-ssm';
import { handle, type Outside } from './handler.ts';
import type { CloudFormationEvent } from './types.ts';

const outside: Outside = {
  ssm: new SSMClient(),
  now: () => new Date(),
  put: async (url, body) => {
    // A presigned address: a content type that was not signed would be refused.
    const answer = await fetch(url, { method: 'PUT', body, headers: { 'content-type': '' } });
    if (!answer.ok) throw new Error(`CloudFormation took no answer: ${answer.status}`);
  },
};

export const handler = (event: CloudFormationEvent): Promise<void> => handle(outside, event);
