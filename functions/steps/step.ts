import type { z } from 'zod';
import type { Run } from '../domain/run.ts';
import { requireLock } from '../operations/lock.ts';
import type { Ports } from '../ports/ports.ts';

/**
 * One task of a state machine. `input` picks from the execution's record what the step reads; `run` is
 * idempotent, adopts what it finds, never sleeps, and leaves by a named failure or a plain answer.
 */
export interface Step {
  readonly input: z.ZodType;
  readonly run: (ports: Ports, input: unknown) => Promise<unknown>;
  /** It changes something of a proxy, which only the execution that holds its lock may. */
  readonly needsLock?: true;
}

export const step = <Input, Output>(
  input: z.ZodType<Input>,
  run: (ports: Ports, input: Input) => Promise<Output>,
): Step & { readonly run: (ports: Ports, input: Input) => Promise<Output> } => ({
  input,
  // The handler parses with `input` before it calls `run`.
  run: run as (ports: Ports, input: unknown) => Promise<Output>,
});

/** As `step`, for one that needs the lock of its proxy. */
export const stepUnderLock = <Input extends Pick<Run, 'execution' | 'request'>, Output>(
  input: z.ZodType<Input>,
  run: (ports: Ports, input: Input) => Promise<Output>,
) => ({
  ...step(input, async (ports, asked: Input) => {
    await requireLock(ports, asked);
    return run(ports, asked);
  }),
  needsLock: true as const,
});
