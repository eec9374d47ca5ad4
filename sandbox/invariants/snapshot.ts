import type { SimulatedExecution } from '../engine/execution.ts';
import type { Executions } from '../engine/executions.ts';
import type { Machine } from '../machines/machines.ts';
import type { ClientProbe } from '../world/client-probe.ts';
import type { SimulatedWorld } from '../world/world.ts';

/** What the invariants look at, at one moment of a run. */
export interface Snapshot {
  readonly world: SimulatedWorld;
  readonly executions: Executions;
  readonly probe: ClientProbe;
  /** Proxies of which a fault has killed a machine: the controller alone does not decide what serves there. */
  readonly disturbed: ReadonlySet<string>;
  /** Machines that were alive at the last snapshot. */
  readonly gone: readonly Machine[];
  /** Executions that were running at the last snapshot. */
  readonly ended: readonly SimulatedExecution[];
  /** Whether every execution has ended and nothing is under way. */
  readonly isQuiet: boolean;
  /** Executions that hold a proxy's lock, by proxy. */
  readonly holders: ReadonlyMap<string, ReadonlySet<string>>;
  /** Lines that the functions have logged since the last snapshot. */
  readonly logLines: readonly string[];
  /** Bodies of the messages that Slack was sent since the last snapshot. */
  readonly posted: readonly string[];
  /** Services whose answers may have been old, or that may have done late what was asked. */
  readonly misledBy: ReadonlySet<string>;
  /** Whether Katello can stop a sync at all. */
  readonly isKatelloOpen: boolean;
  /** Whether a fault kept Slack from taking messages. */
  readonly isSlackSpoiled: boolean;
}

export interface Finding {
  readonly proxy: string | null;
  readonly text: string;
}

/** A promise of the product, evaluated after every event of a simulated run. */
export interface Invariant {
  readonly name: string;
  readonly check: (snapshot: Snapshot) => readonly Finding[];
}

/** Applies a check to every proxy of the fleet; `null` is in order. */
export const perProxy =
  (check: (snapshot: Snapshot, proxy: string) => string | null): Invariant['check'] =>
  (snapshot) =>
    snapshot.world.fleet.proxies.flatMap(({ name }) => {
      const text = check(snapshot, name);
      return text === null ? [] : [{ proxy: name, text }];
    });
