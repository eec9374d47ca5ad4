import type { AwsService } from '../faults/sites.ts';
import { AwsError } from './aws-error.ts';

interface Codes {
  readonly throttled: string;
  readonly failed: string;
}

/** By which each service says "slower" and "our fault". */
const codes: Readonly<Record<AwsService, Codes>> = {
  autoscaling: { throttled: 'Throttling', failed: 'InternalFailure' },
  ec2: { throttled: 'RequestLimitExceeded', failed: 'InternalError' },
  elasticloadbalancing: { throttled: 'Throttling', failed: 'InternalFailure' },
  ssm: { throttled: 'ThrottlingException', failed: 'InternalServerError' },
  route53: { throttled: 'Throttling', failed: 'InternalFailure' },
  states: { throttled: 'ThrottlingException', failed: 'InternalFailure' },
  s3: { throttled: 'SlowDown', failed: 'InternalError' },
  dynamodb: { throttled: 'ThrottlingException', failed: 'InternalServerError' },
};

/** These call it a trouble of their own; to the others it is the caller's. */
const isBusyItself = (service: AwsService): boolean => service === 'ec2' || service === 's3';

export const throttling = (service: AwsService): AwsError =>
  new AwsError(codes[service].throttled, 'Rate exceeded', {
    status: isBusyItself(service) ? 503 : 400,
  });

export const internalError = (service: AwsService): AwsError =>
  new AwsError(codes[service].failed, 'An internal error has occurred', { status: 500 });
