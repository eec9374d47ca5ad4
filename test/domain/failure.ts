import { expect } from '@jest/globals';
import { NamedFailure } from '../../functions/domain/failures.ts';

/** Calls what must throw a named failure, and returns that. */
export const failureIn = (call: () => unknown): NamedFailure => {
  let thrown: unknown = 'nothing was thrown';
  try {
    call();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(NamedFailure);
  return thrown as NamedFailure;
};
