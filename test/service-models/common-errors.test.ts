import { expect, test } from '@jest/globals';
import { internalError, throttling } from '../../sandbox/aws/common-errors.ts';
import { denied } from '../../sandbox/aws/iam/denial.ts';
import { awsServices } from '../../sandbox/faults/sites.ts';
import { checkCall } from './check-call.ts';
import { models } from './model.ts';

const denial = {
  role: 'settleGroup',
  access: { action: 'ec2:CreateTags', resource: '*', context: {} },
  isExplicit: false,
};

/** Faults strike any operation with these, and those that draw them need not meet every service. */
test.each(awsServices)(
  'every operation of %s can be throttled, can fail and can be denied',
  (service) => {
    const operations = Object.keys(models().services[service]?.operations ?? {});
    const problems = operations.flatMap((operation) =>
      [
        throttling(service),
        internalError(service),
        denied(service, denial, '123456789012'),
      ].flatMap((error) => checkCall({ service, operation, input: {}, error })),
    );

    expect(operations).not.toEqual([]);
    expect(problems.filter((problem) => problem.includes(' error '))).toEqual([]);
  },
);
