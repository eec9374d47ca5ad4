import type { z } from 'zod';
import type { FleetRun } from '../domain/fleet-run.ts';
import type { Sections } from '../domain/sections.ts';
import { type LockedRun, lockNeeds, requireLock } from '../operations/lock.ts';
import type { GivenMethod, PortMethod, PortsWith } from '../ports/port-methods.ts';
import type { Ports } from '../ports/ports.ts';

/**
 * One task of a state machine. `input` picks from the execution's record what the step reads; `run` is
 * idempotent, adopts what it finds, never sleeps, and ends with a named failure or a plain answer.
 */
export interface Step<Section extends string = string> {
  readonly input: z.ZodType;
  /** Every port method that it calls; the role of its function allows these and nothing else. */
  readonly needs: readonly PortMethod[];
  /** The section of the record that its answer becomes. */
  readonly writes: Section;
  /**
   * Names the proxy that it is about, and gets the fleet with that proxy alone. `null` if it needs them all, or
   * cannot know the proxy yet.
   */
  readonly proxyOf: ((input: unknown) => string | null) | null;
  /** Whether an invocation may get the whole fleet. */
  readonly readsWholeFleet: boolean;
  /** It changes a proxy, which only the execution that holds the lock may do. */
  readonly underLock: boolean;
  readonly run: (ports: Ports, input: unknown) => Promise<unknown>;
}

interface Declaration<Input, Needs, Section> {
  readonly input: z.ZodType<Input>;
  readonly needs: Needs;
  readonly writes: Section;
  readonly underLock?: Input extends LockedRun ? true : never;
  /** Without it, the proxy that the record's request names; `null` while it is not known. */
  readonly proxyOf?: (input: Input) => string | null;
}

const writingInto =
  <Sections>(requestedProxy: Step['proxyOf']) =>
  <Input, const Needs extends readonly PortMethod[], const Section extends keyof Sections & string>(
    { input, needs, writes, underLock, proxyOf }: Declaration<Input, Needs, Section>,
    run: (
      ports: PortsWith<GivenMethod | Needs[number]>,
      input: Input,
    ) => Promise<Sections[Section]>,
  ): Step<Section> => ({
    input,
    needs: underLock ? [...lockNeeds, ...needs] : needs,
    writes,
    underLock: underLock === true,
    proxyOf: proxyOf === undefined ? requestedProxy : (asked) => proxyOf(asked as Input),
    readsWholeFleet: requestedProxy === null || proxyOf !== undefined,
    run: async (ports, asked) => {
      if (underLock) await requireLock(ports, asked as LockedRun);
      return run(ports, asked as Input);
    },
  });

/**
 * Declares a step of `rebuild-proxy`. Its `run` gets the methods that it `needs` and returns what the section
 * that it `writes` may hold; anything else does not compile.
 */
export const step = writingInto<Sections>((asked) => (asked as LockedRun).request.proxy);

/** As `step`, for `rebuild-fleet`. */
export const fleetStep = writingInto<FleetRun>(null);
