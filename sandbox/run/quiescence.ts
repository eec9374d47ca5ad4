import type { ScalingGroup } from '../aws/scaling-group.ts';
import type { Executions } from '../engine/executions.ts';
import type { FaultEngine } from '../faults/engine.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Machine, Machines } from '../machines/machines.ts';
import type { EventBus } from '../world/event-bus.ts';
import type { SimulatedWorld } from '../world/world.ts';

export interface QuiescenceParts {
  readonly kernel: Kernel;
  readonly world: SimulatedWorld;
  readonly executions: Executions;
  readonly bus: EventBus;
  readonly faults: FaultEngine;
}

/** A group that cannot settle, for example for lack of capacity, does not keep a run from ending. */
const givenUpMs = 2 * 3_600_000;

const isAtWork = (machine: Machine | undefined): boolean =>
  machine?.alive === true &&
  machine.answersHealthChecks &&
  (machine.phase === 'provisioned' || machine.phase === 'failed');

const isSteady = (group: ScalingGroup, machines: Machines): boolean =>
  group.isAtRest &&
  group.members().length === group.sizes.desired &&
  group.members().every(({ id, state }) => state === 'InService' && isAtWork(machines.get(id)));

/** Whether a world is quiescent. */
export class Quiescence {
  readonly #parts: QuiescenceParts;
  #idleSince: number | null = null;

  constructor(parts: QuiescenceParts) {
    this.#parts = parts;
  }

  /** Nothing runs, and no group is about to launch or lose an instance, or has been for hours. */
  isReached(): boolean {
    const { kernel, world, executions, bus, faults } = this.#parts;
    const isBusy = executions.all().some(({ status }) => status === 'RUNNING');
    if (isBusy || bus.hasLateEvents || faults.hasScheduled) {
      this.#idleSince = null;
      return false;
    }
    if (this.#idleSince === null) {
      this.#idleSince = kernel.now();
      // With nothing else to wait for, this is the timer at which it is given up.
      kernel.after(givenUpMs / 1000 + 1, () => undefined);
    }
    const isSettled = [...world.aws.groups.values()].every((group) =>
      isSteady(group, world.machines),
    );
    return isSettled || kernel.now() - this.#idleSince > givenUpMs;
  }
}
