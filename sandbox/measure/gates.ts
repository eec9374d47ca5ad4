import { begins } from '../../statemachine/readers/phases.ts';
import { stepRunBy } from '../../statemachine/readers/tasks.ts';
import type { WorldEvent } from '../kernel/kernel.ts';

/** A fact that a rebuild waits for: the event that makes it true, and the states that are entered on it. */
interface Gate {
  readonly name: string;
  readonly isOpenedBy: (event: WorldEvent) => boolean;
  readonly isDecidedBy: (state: string) => boolean;
}

export const gates: readonly Gate[] = [
  {
    name: 'launched',
    isOpenedBy: ({ kind }) => kind === 'instance-launched',
    isDecidedBy: begins('provision'),
  },
  {
    name: 'provisioned',
    isOpenedBy: ({ kind }) => kind === 'provisioned',
    isDecidedBy: begins('fill', 'admit'),
  },
  {
    name: 'synced',
    isOpenedBy: ({ kind }) => kind === 'sync-ended',
    isDecidedBy: (state) => stepRunBy(state) === 'verifyContent',
  },
  {
    name: 'healthy',
    isOpenedBy: ({ kind }) => kind === 'target-healthy',
    isDecidedBy: begins('standby'),
  },
  {
    name: 'drained',
    isOpenedBy: ({ kind, text }) => kind === 'lifecycle-changed' && text.endsWith('is Standby'),
    isDecidedBy: begins('changeover'),
  },
  {
    name: 'gone',
    isOpenedBy: ({ kind }) => kind === 'instance-gone',
    isDecidedBy: begins('settle'),
  },
];

/** How late a decision came after its gate had opened. */
export interface Decision {
  readonly gate: string;
  readonly proxy: string;
  readonly lateSeconds: number;
  /** Length of the phase up to the decision. */
  readonly phaseSeconds: number;
}

/** The promise: at most a minute, or 3 % of the phase if that is longer. */
export const isInTime = ({ lateSeconds, phaseSeconds }: Decision): boolean =>
  lateSeconds <= Math.max(60, phaseSeconds * 0.03);

/** Watches one run and notes each decision. */
export class GateWatch {
  readonly decisions: Decision[] = [];
  readonly #openedAt = new Map<string, number>();
  readonly #phaseAt = new Map<string, number>();

  event(event: WorldEvent): void {
    if (event.kind === 'phase') this.#phaseAt.set(event.proxy ?? '', event.at);
    for (const gate of gates.filter(({ isOpenedBy }) => isOpenedBy(event))) {
      this.#openedAt.set(`${event.proxy}/${gate.name}`, event.at);
    }
  }

  state(proxy: string, state: string, at: number): void {
    const gate = gates.find(({ isDecidedBy }) => isDecidedBy(state));
    const key = `${proxy}/${gate?.name}`;
    const openedAt = this.#openedAt.get(key);
    if (gate === undefined || openedAt === undefined) return;
    this.#openedAt.delete(key);
    const phaseAt = this.#phaseAt.get(proxy) ?? openedAt;
    this.decisions.push({
      gate: gate.name,
      proxy,
      lateSeconds: (at - openedAt) / 1000,
      phaseSeconds: (at - phaseAt) / 1000,
    });
  }
}
