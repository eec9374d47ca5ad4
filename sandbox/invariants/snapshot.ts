import type { Execution } from '../engine/execution.ts';
import type { Executions } from '../engine/executions.ts';
import type { Machine } from '../machines/machines.ts';
import type { ClientProbe } from '../world/client-probe.ts';
import type { World } from '../world/world.ts';

/** What the invariants look at, at one moment of a run. */
export interface Look {
  readonly world: World;
  readonly executions: Executions;
  readonly probe: ClientProbe;
  /** Proxies of which a fault has killed a machine: there, something else than the controller acts. */
  readonly bereaved: ReadonlySet<string>;
  /** Machines that were alive at the last look. */
  readonly gone: readonly Machine[];
  /** Executions that were running at the last look. */
  readonly ended: readonly Execution[];
  /** Whether every execution has ended and nothing is under way. */
  readonly isQuiet: boolean;
  /** Executions that hold a proxy's lock, by proxy. */
  readonly holders: ReadonlyMap<string, ReadonlySet<string>>;
  /** Lines that the functions have logged since the last look. */
  readonly logLines: readonly string[];
  /** Bodies of the messages that Slack was sent since the last look. */
  readonly posted: readonly string[];
  /** Services whose answers may have been old, or that may have done late what was asked. */
  readonly misledBy: ReadonlySet<string>;
  /** Whether Katello can be told to stop a sync at all. */
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
  readonly check: (look: Look) => readonly Finding[];
}

/** Applies a check to every proxy of the fleet; `null` is in order. */
export const perProxy =
  (check: (look: Look, proxy: string) => string | null): Invariant['check'] =>
  (look) =>
    look.world.fleet.proxies.flatMap(({ name }) => {
      const text = check(look, name);
      return text === null ? [] : [{ proxy: name, text }];
    });
