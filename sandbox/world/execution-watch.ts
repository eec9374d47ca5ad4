import { decisionOf } from '../../statemachine/readers/decisions.ts';
import { isFirstUnderLock, releasesLock } from '../../statemachine/readers/lock.ts';
import { phaseBegunBy } from '../../statemachine/readers/phases.ts';
import type { ExecutionWatcher, SimulatedExecution } from '../engine/execution.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { PhaseLog } from './phase-log.ts';
import { proxyOf } from './watch.ts';

export interface ExecutionWatchParts {
  readonly kernel: Kernel;
  readonly phaseStarted: (proxy: string, phase: string) => void;
  readonly ended: (execution: SimulatedExecution) => void;
}

type StateListener = (execution: SimulatedExecution, state: string) => void;

/** Follows the executions of a run: phases, decisions, and who holds which lock. */
export class ExecutionWatch implements ExecutionWatcher {
  readonly phaseLogs = new Map<string, PhaseLog>();
  /** Executions that hold a proxy's lock, by proxy. */
  readonly holders = new Map<string, Set<string>>();
  readonly #listeners: StateListener[] = [];
  readonly #parts: ExecutionWatchParts;

  constructor(parts: ExecutionWatchParts) {
    this.#parts = parts;
  }

  /** Called for every state that an execution enters, and with `retry` for every retry. */
  onState(listener: StateListener): void {
    this.#listeners.push(listener);
  }

  entered(execution: SimulatedExecution, state: string): void {
    for (const listener of this.#listeners) listener(execution, state);
    const proxy = proxyOf(execution);
    const decision = decisionOf(state);
    if (decision !== null) this.#parts.kernel.emit('decision', proxy ?? undefined, decision);
    if (proxy === null) return;
    this.#lock(execution, proxy, state);
    const phase = phaseBegunBy(state);
    if (phase !== null) this.#begin(execution, proxy, phase);
  }

  retried(execution: SimulatedExecution): void {
    for (const listener of this.#listeners) listener(execution, 'retry');
  }

  ended(execution: SimulatedExecution): void {
    const proxy = proxyOf(execution);
    this.phaseLogs.get(execution.arn)?.end(this.#parts.kernel.secondsSinceStart());
    if (proxy !== null) this.holders.get(proxy)?.delete(execution.arn);
    const how = execution.status === 'SUCCEEDED' ? 'done' : 'failed';
    const met = execution.error === null ? execution.status : execution.error.name;
    this.#parts.kernel.emit(how, proxy ?? undefined, `${execution.name}: ${met}`);
    this.#parts.ended(execution);
  }

  #lock(execution: SimulatedExecution, proxy: string, state: string): void {
    const holding = this.holders.get(proxy) ?? new Set();
    this.holders.set(proxy, holding);
    if (isFirstUnderLock(state)) holding.add(execution.arn);
    if (releasesLock(state)) holding.delete(execution.arn);
  }

  #begin(execution: SimulatedExecution, proxy: string, phase: string): void {
    const log = this.phaseLogs.get(execution.arn) ?? new PhaseLog();
    this.phaseLogs.set(execution.arn, log);
    log.begin(phase, this.#parts.kernel.secondsSinceStart());
    this.#parts.kernel.emit('phase', proxy, phase);
    this.#parts.phaseStarted(proxy, phase);
  }
}
