import type { Execution, Json } from '../asl/execution.ts';

/** From this state on, an execution of `rebuild-proxy` holds the lock. */
export const isFirstUnderLock = (state: string): boolean => state === 'What was asked for?';
export const releasesLock = (state: string): boolean => state.startsWith('Release the lock');

export const proxyOf = (execution: Execution): string | null => proxyIn(execution.input);

const proxyIn = (input: Json): string | null => {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return null;
  const { proxy, interruptedInput } = input;
  if (typeof proxy === 'string') return proxy;
  return typeof interruptedInput === 'string'
    ? proxyIn(JSON.parse(interruptedInput) as Json)
    : null;
};
