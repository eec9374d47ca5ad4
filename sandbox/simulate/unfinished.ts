import type { SimulatedExecution } from '../engine/execution.ts';
import type { InvariantViolation } from '../invariants/invariant-checker.ts';
import type { Simulation } from '../run/simulation.ts';

/** Of the executions that rebuild the whole fleet at the end of a run. */
const finalName = /^healed(-\d+)?$/;

export const finalNameOf = (attempt: number): string =>
  attempt === 1 ? 'healed' : `healed-${attempt}`;

/** An instance reaches its maximum lifetime at any time; while it is healed, its proxy is not rebuilt. */
const meetsHeal = /\bRebuildInProgress: \S+ \(heal\) has held the lock\b/;

const finalRebuild = ({ executions }: Simulation): SimulatedExecution | undefined =>
  executions.all().findLast(({ name }) => finalName.test(name));

/** Whether the last rebuild of the fleet has met a heal, which has ended by the time that the world is quiescent. */
export const hasMetHeal = (simulation: Simulation): boolean =>
  meetsHeal.test(finalRebuild(simulation)?.error?.cause ?? '');

/** Liveness: once nothing goes wrong any more, every proxy can be rebuilt and is complete. */
export const unfinished = (simulation: Simulation): readonly InvariantViolation[] => {
  const atSeconds = simulation.endedAtSeconds;
  const healed = finalRebuild(simulation);
  const findings = [
    ...(healed?.status === 'SUCCEEDED'
      ? []
      : [
          {
            proxy: null,
            text: `the final fleet rebuild ended as ${healed?.status}: ${healed?.error?.name} ${healed?.error?.cause}`,
          },
        ]),
    ...simulation.world.fleet.proxies.flatMap(({ name }) => {
      const view = simulation.probe.view(name);
      return view === 'served' ? [] : [{ proxy: name, text: `is ${view} at the end` }];
    }),
  ];
  return findings.map((finding) => ({ invariant: 'converges', atSeconds, ...finding }));
};
