import type { StateEvent } from '../engine/state-event.ts';
import type { Fault } from '../faults/fault.ts';
import type { InvariantViolation } from '../invariants/invariant-checker.ts';
// Before any schema is made: each is then compiled, and a run spends much less of its time in them.
import 'zod/compile';
import { createHash } from 'node:crypto';
import { phaseBegunBy } from '../../statemachine/readers/phases.ts';
import { CaseRun, type SimulatedCase } from './case-run.ts';

/** What one simulated run came to. */
export interface Simulated {
  readonly seed: number;
  /** Executions of `rebuild-proxy`, whatever became of them: rebuilds, heals and rollbacks. */
  readonly rebuilds: number;
  /** Those of them that launched an instance, or adopted one. */
  readonly launches: number;
  readonly violations: readonly InvariantViolation[];
  /** What went wrong, as it would have to be given to go wrong again. */
  readonly faults: readonly Fault[];
  /** Of every event of the run: the same case gives the same hash. */
  readonly traceHash: string;
  readonly lastEvents: readonly string[];
}

const lastEventsKept = 60;

const isLaunched = ({ state }: StateEvent): boolean => phaseBegunBy(state) === 'provision';

/** Runs one case to its end. */
export const simulateOne = async (asked: SimulatedCase): Promise<Simulated> => {
  const run = new CaseRun(asked);
  const { kernel, executions } = run.simulation;
  const hash = createHash('sha256');
  const lastEvents: string[] = [];
  kernel.observe(({ at, kind, proxy, text }) => {
    const line = `${(at - kernel.startedAt) / 1000} ${proxy ?? '-'} ${kind} ${text}`;
    hash.update(line);
    lastEvents.push(line);
    if (lastEvents.length > lastEventsKept) lastEvents.shift();
  });
  const violations = await run.run();
  const rebuilds = executions.all().filter(({ machine }) => machine === 'rebuild-proxy');
  return {
    seed: asked.seed,
    rebuilds: rebuilds.length,
    launches: rebuilds.filter(({ history }) => history.some(isLaunched)).length,
    violations,
    faults: run.faults,
    traceHash: hash.digest('hex').slice(0, 16),
    lastEvents,
  };
};
