import type { Execution } from '../engine/execution.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Machine } from '../machines/machines.ts';
import { invariants } from './invariants.ts';
import type { Look } from './snapshot.ts';

/** A promise that was broken, at the first moment at which that was seen. */
export interface InvariantViolation {
  readonly invariant: string;
  readonly atSeconds: number;
  readonly proxy: string | null;
  readonly text: string;
}

/** Looks at a run after every event and notes which promise was broken, and when. */
export class Watchman {
  checked = 0;
  readonly violations: InvariantViolation[] = [];
  readonly #kernel: Kernel;
  readonly #gone = new Set<string>();
  readonly #ended = new Set<string>();
  #logged = 0;
  #posted = 0;
  /** Proxies of which something else than the controller has taken or moved a machine. */
  readonly #bereaved = new Set<string>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** From here on, that this proxy serves is not in the controller's hands alone. */
  somethingElseActs(proxy: string): void {
    this.#bereaved.add(proxy);
  }

  /** From here on it is again. */
  onlyTheControllerActs(proxy: string): void {
    this.#bereaved.delete(proxy);
  }

  look(seen: Omit<Look, 'bereaved' | 'gone' | 'ended' | 'posted'>): void {
    const look: Look = {
      ...seen,
      bereaved: this.#bereaved,
      gone: this.#newlyGone(seen),
      ended: this.#newlyEnded(seen),
      logLines: seen.logLines.slice(this.#logged),
      posted: seen.world.slack.posts.slice(this.#posted).map(({ body }) => body),
    };
    this.#logged = seen.logLines.length;
    this.#posted = seen.world.slack.posts.length;
    for (const { name, check } of invariants) {
      this.checked += 1;
      for (const { proxy, text } of check(look)) this.#violate(name, proxy, text);
    }
  }

  #newlyGone({ world }: Pick<Look, 'world'>): readonly Machine[] {
    const gone = world.machines.all().filter(({ id, alive }) => !alive && !this.#gone.has(id));
    for (const { id } of gone) this.#gone.add(id);
    return gone;
  }

  #newlyEnded({ executions }: Pick<Look, 'executions'>): readonly Execution[] {
    const ended = executions
      .all()
      .filter(({ arn, status }) => status !== 'RUNNING' && !this.#ended.has(arn));
    for (const { arn } of ended) this.#ended.add(arn);
    return ended;
  }

  /** Each breach is told once, at the first moment at which it is seen. */
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
