import type { z } from 'zod';
import type { Run } from '../domain/run.ts';
import { lockNeeds, requireLock } from '../operations/lock.ts';
import type { GivenMethod, PortMethod, PortsWith } from '../ports/port-methods.ts';
import type { Ports } from '../ports/ports.ts';

/**
 * One task of a state machine. `input` picks from the execution's record what the step reads; `run` is
 * idempotent, adopts what it finds, never sleeps, and leaves by a named failure or a plain answer.
 */
export interface Step {
  readonly input: z.ZodType;
  /** Every way in which it touches the world; the role of its function allows this and nothing else. */
  readonly needs: readonly PortMethod[];
  /** It changes something of a proxy, which only the execution that holds its lock may. */
  readonly underLock: boolean;
  readonly run: (ports: Ports, input: unknown) => Promise<unknown>;
}

/** What tells whose lock it is. */
type Locked = Pick<Run, 'execution' | 'request'>;

interface Declaration<Input, Needs> {
  readonly input: z.ZodType<Input>;
  readonly needs: Needs;
  readonly underLock?: Input extends Locked ? true : never;
}

/** Declares a step: `run` gets the methods that it `needs`, and using any other is a compile error. */
export const step = <Input, const Needs extends readonly PortMethod[]>(
  { input, needs, underLock }: Declaration<Input, Needs>,
  run: (ports: PortsWith<GivenMethod | Needs[number]>, input: Input) => Promise<unknown>,
): Step => ({
  input,
  needs: underLock ? [...lockNeeds, ...needs] : needs,
  underLock: underLock === true,
  run: async (ports, asked) => {
    if (underLock) await requireLock(ports, asked as Locked);
    return run(ports, asked as Input);
  },
});
