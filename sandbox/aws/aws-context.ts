import type { Faults } from '../faults/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Machines } from '../machines/machines.ts';
import type { Paths } from '../network/paths.ts';

/** How long AWS itself takes for things, in virtual seconds. */
export interface AwsDurations {
  /** From registration until the load balancer's first verdict on a target. */
  readonly registerSeconds: number;
  /** The target groups' deregistration delay. */
  readonly drainSeconds: number;
  readonly bakeSeconds: number;
}

/** What every part of the simulated AWS needs. */
export interface AwsContext {
  readonly kernel: Kernel;
  readonly faults: Faults;
  readonly machines: Machines;
  readonly paths: Paths;
  readonly durations: AwsDurations;
  readonly region: string;
  readonly account: string;
}
