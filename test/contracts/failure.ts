import { expect } from '@jest/globals';
import { type FailureName, NamedFailure } from '../../functions/domain/failures.ts';

/** Runs a call that must fail, and returns its failure. */
export const failureOf = async (call: Promise<unknown>): Promise<NamedFailure> => {
  const error = await call.then(
    () => 'it succeeded',
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(NamedFailure);
  return error as NamedFailure;
};

export const expectFailure = async (
  call: Promise<unknown>,
  name: FailureName,
  text: string | RegExp = '',
): Promise<void> => {
  const failure = await failureOf(call);
  expect(failure.name).toBe(name);
  expect(failure.message).toMatch(text);
};
