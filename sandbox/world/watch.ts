import type { SimulatedExecution } from '../engine/execution.ts';
import type { Json } from '../engine/state-event.ts';

/** Asked for after every event, of inputs that never change. */
const known = new WeakMap<SimulatedExecution, string | null>();

export const proxyOf = (execution: SimulatedExecution): string | null => {
  const found = known.get(execution);
  if (found !== undefined) return found;
  const proxy = proxyIn(execution.input);
  known.set(execution, proxy);
  return proxy;
};

const proxyIn = (input: Json): string | null => {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return null;
  const { proxy, interruptedInput } = input;
  if (typeof proxy === 'string') return proxy;
  return typeof interruptedInput === 'string'
    ? proxyIn(JSON.parse(interruptedInput) as Json)
    : null;
};
