import { afterAll, afterEach, expect } from '@jest/globals';
import { observeAwsCalls } from '../../sandbox/aws/aws-calls.ts';
import { checkCall } from './check-call.ts';
import type { Problem } from './check-value.ts';

/** Every call of the simulated AWS, in every test, is compared with AWS's own models. */
const met = new Set<Problem>();

const stop = observeAwsCalls((call) => {
  for (const problem of checkCall(call)) met.add(problem);
});

/** What the models have against the calls since this was asked last; what a test takes, it is not blamed for. */
export const takeProblems = (): readonly Problem[] => {
  const problems = [...met];
  met.clear();
  return problems;
};

afterEach(() => {
  expect(takeProblems()).toEqual([]);
});

afterAll(stop);
