import type { SimulatedExecution } from '../engine/execution.ts';
import { textIn } from '../engine/state-event.ts';

/** The proxy that an execution is about: a rollback names it, or the execution that it follows. */
export const proxyOf = ({ input, interrupted }: SimulatedExecution): string | null =>
  textIn(input, 'proxy') ?? (interrupted === null ? null : proxyOf(interrupted));
