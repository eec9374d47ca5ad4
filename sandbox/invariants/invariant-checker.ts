import type { SimulatedExecution } from '../engine/execution.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Machine } from '../machines/machines.ts';
import { invariants } from './invariants.ts';
import type { Snapshot } from './snapshot.ts';

/** A promise that was broken, at the first moment at which that was seen. */
export interface InvariantViolation {
  readonly invariant: string;
  readonly atSeconds: number;
  readonly proxy: string | null;
  readonly text: string;
}

/** Checks a run after every event and notes which promise was broken, and when. */
export class InvariantChecker {
  checked = 0;
  readonly violations: InvariantViolation[] = [];
  readonly #kernel: Kernel;
  readonly #gone = new Set<string>();
  readonly #ended = new Set<string>();
  #logged = 0;
  #posted = 0;
  /** Proxies whose machines something other than the controller has taken or moved. */
  readonly #disturbed = new Set<string>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** From here on, whether this proxy serves is not up to the controller alone. */
  markDisturbed(proxy: string): void {
    this.#disturbed.add(proxy);
  }

  /** From here on, it is again. */
  clearDisturbed(proxy: string): void {
    this.#disturbed.delete(proxy);
  }

  check(seen: Omit<Snapshot, 'disturbed' | 'gone' | 'ended' | 'posted'>): void {
    const snapshot: Snapshot = {
      ...seen,
      disturbed: this.#disturbed,
      gone: this.#newlyGone(seen),
      ended: this.#newlyEnded(seen),
      logLines: seen.logLines.slice(this.#logged),
      posted: seen.world.slack.posts.slice(this.#posted).map(({ body }) => body),
    };
    this.#logged = seen.logLines.length;
    this.#posted = seen.world.slack.posts.length;
    for (const { name, check } of invariants) {
      this.checked += 1;
      for (const { proxy, text } of check(snapshot)) this.#violate(name, proxy, text);
    }
  }

  #newlyGone({ world }: Pick<Snapshot, 'world'>): readonly Machine[] {
    const gone = world.machines.all().filter(({ id, alive }) => !alive && !this.#gone.has(id));
    for (const { id } of gone) this.#gone.add(id);
    return gone;
  }

  #newlyEnded({ executions }: Pick<Snapshot, 'executions'>): readonly SimulatedExecution[] {
    const ended = executions
      .all()
      .filter(({ arn, status }) => status !== 'RUNNING' && !this.#ended.has(arn));
    for (const { arn } of ended) this.#ended.add(arn);
    return ended;
  }

  /** Reports each violation once, when it is first seen. */
  #violate(invariant: string, proxy: string | null, text: string): void {
    const isKnown = this.violations.some(
      (known) => known.invariant === invariant && known.proxy === proxy && known.text === text,
    );
    if (isKnown) return;
    const atSeconds = this.#kernel.secondsSinceStart();
    this.violations.push({ invariant, atSeconds, proxy, text });
    this.#kernel.emit('violation', proxy ?? undefined, `${invariant}: ${text}`);
  }
}
