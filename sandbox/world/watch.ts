import { type Phase, phases } from '../../functions/domain/record.ts';
import { readAsl } from '../asl/definitions.ts';
import type { Execution, Json } from '../asl/execution.ts';

interface AslState {
  readonly Type: string;
  readonly ResultPath?: string | null;
}

const states = (JSON.parse(readAsl('rebuild-proxy')) as { States: Record<string, AslState> })
  .States;

/** The phase that a state begins: a `Pass` that writes `$.phases.<phase>`. */
const phaseByState: ReadonlyMap<string, Phase> = new Map(
  Object.entries(states).flatMap(([name, { Type, ResultPath }]) => {
    const phase = phases.find((candidate) => ResultPath === `$.phases.${candidate}`);
    return Type === 'Pass' && phase !== undefined ? [[name, phase] as const] : [];
  }),
);

export const phaseBegunBy = (state: string): Phase | null => phaseByState.get(state) ?? null;

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
