import type { StoryEvent } from '../../terminal/story-event.ts';
import type { InvariantViolation } from '../invariants/invariant-checker.ts';
import type { ClientView } from '../world/client-probe.ts';
import type { PhaseSpan } from '../world/phase-log.ts';

export type ProxyOutcome =
  | 'rebuilt'
  | 'rolled-back'
  | 'not-attempted'
  | 'not-due'
  | 'healed'
  | 'failed';

export interface ProxyResult {
  readonly name: string;
  readonly outcome: ProxyOutcome;
  readonly failure: { readonly name: string; readonly cause: string } | null;
  /** Instance ids; `serving` is the one that clients meet at the end. */
  readonly incumbent: string | null;
  readonly replacement: string | null;
  readonly serving: string | null;
  readonly images: { readonly before: string | null; readonly after: string | null };
  readonly clientSeconds: {
    readonly served: number;
    readonly incomplete: number;
    readonly down: number;
  };
  readonly phases: readonly PhaseSpan[];
}

/** What `--json` prints. Others read it: keep the names. */
export interface RunResult {
  readonly outcome: 'succeeded' | 'failed' | 'nothing-due';
  readonly seed: number;
  readonly virtualSeconds: number;
  readonly image: { readonly candidate: string | null; readonly promoted: string | null };
  readonly proxies: readonly ProxyResult[];
  readonly invariants: {
    readonly checked: number;
    readonly violations: readonly InvariantViolation[];
  };
  readonly slack: readonly { readonly atSeconds: number; readonly text: string }[];
  readonly cost: {
    readonly stateTransitions: number;
    readonly functionInvocations: number;
    readonly awsCalls: number;
    readonly katelloCalls: number;
  };
}

/** A moment worth a mark on a proxy's lane. */
export interface Mark {
  readonly atSeconds: number;
  readonly kind: 'fault' | 'decision';
  readonly text: string;
}

/** Time in which one thing was missing, in the words of the step that checked. */
export interface Wait {
  readonly reason: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

export interface Lane {
  readonly proxy: string;
  readonly phases: readonly PhaseSpan[];
  readonly waits: readonly Wait[];
  readonly marks: readonly Mark[];
  readonly clients: readonly {
    readonly fromSeconds: number;
    readonly toSeconds: number;
    readonly view: ClientView;
  }[];
}

/** Everything that the report shows beside the result. */
export interface Story {
  readonly title: string;
  /** What the scenario is about, from its first lines. */
  readonly description: string;
  /** Virtual, ISO 8601. */
  readonly startedAt: string;
  readonly result: RunResult;
  /** The bake and other phases of the fleet itself. */
  readonly fleetPhases: readonly PhaseSpan[];
  readonly lanes: readonly Lane[];
  readonly events: readonly StoryEvent[];
}
