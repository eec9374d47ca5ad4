import { systemClock } from '../adapters/system/clock.ts';
import { kms, ssm } from '../lambda/clients.ts';
import type { CloudFormationEvent } from './custom-resources.ts';
import { type BootstrapEnvironment, handle } from './handler.ts';

const environment: BootstrapEnvironment = {
  kms: kms(),
  ssm: ssm(),
  now: systemClock.now,
  put: async (url, body) => {
    // A presigned URL: a content type that was not signed would be rejected.
    const answer = await fetch(url, { method: 'PUT', body, headers: { 'content-type': '' } });
    if (!answer.ok) throw new Error(`CloudFormation rejected the response: ${answer.status}`);
  },
};

export const handler = (event: CloudFormationEvent): Promise<void> => handle(environment, event);
