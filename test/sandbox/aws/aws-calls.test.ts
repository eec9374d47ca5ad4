import { expect, test } from '@jest/globals';
import { type AnsweredCall, observable, observeAwsCalls } from '../../../sandbox/aws/aws-calls.ts';
import { throttling } from '../../../sandbox/aws/common-errors.ts';

const call = { service: 'ec2', operation: 'DescribeImages', input: {} };

test('an observer receives answers and errors, until it has seen enough', () => {
  const observed: AnsweredCall[] = [];
  const refusal = throttling('ec2');
  const refuse = (): never => {
    throw refusal;
  };
  const stop = observeAwsCalls((one) => observed.push(one));

  expect(observable(call, () => ({}))).toEqual({});
  expect(
    observable(
      call,
      () => [],
      (Images) => ({ Images }),
    ),
  ).toEqual([]);
  expect(() => observable(call, refuse)).toThrow(refusal);
  stop();
  observable(call, () => ({}));

  expect(observed).toEqual([
    { ...call, answer: {} },
    { ...call, answer: { Images: [] } },
    { ...call, error: refusal },
  ]);
});
