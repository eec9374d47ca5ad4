import { channel } from 'node:diagnostics_channel';

/** An operation of AWS that somebody asks for. */
export interface AwsCall {
  /** By the prefix of its endpoint, as in IAM. */
  readonly service: string;
  readonly operation: string;
  /** With the names that the service has for its members. */
  readonly input: object;
}

/** A call with what came of it: an answer, or an error. */
export interface AnsweredCall extends AwsCall {
  readonly answer?: unknown;
  readonly error?: unknown;
}

/** Nobody listens in a run; the tests compare every call with AWS's own models. */
const calls = channel('sandbox:aws');

/** Makes a call, which can be observed; `answerOf` gives the answer of the service. */
export const observable = <Made>(
  call: AwsCall,
  make: () => Made,
  answerOf: (made: Made) => unknown = (made) => made,
): Made => {
  if (!calls.hasSubscribers) return make();
  try {
    const made = make();
    calls.publish({ ...call, answer: answerOf(made) });
    return made;
  } catch (error) {
    calls.publish({ ...call, error });
    throw error;
  }
};

/** Hands every call to an observer; returns what ends that. */
export const observeAwsCalls = (observer: (call: AnsweredCall) => void): (() => void) => {
  const listener = (call: unknown): void => observer(call as AnsweredCall);
  calls.subscribe(listener);
  return () => {
    calls.unsubscribe(listener);
  };
};
