import type { InvariantViolation } from '../invariants/invariant-checker.ts';
import type { Simulation } from '../run/simulation.ts';

/** Of the execution that rebuilds the whole fleet at the end of a run. */
export const healedName = 'healed';

/** An instance reaches its maximum lifetime at any time; while it is healed, its proxy is not rebuilt. */
const isHealing = /\bRebuildInProgress: \S+ \(heal\) has held the lock\b/;

/** Liveness: once nothing goes wrong any more, every proxy can be rebuilt and is complete. */
export const unfinished = (simulation: Simulation): readonly InvariantViolation[] => {
  const atSeconds = simulation.endedAtSeconds;
  const healed = simulation.executions.all().find(({ name }) => name === healedName);
  const findings = [
    ...(healed?.status === 'SUCCEEDED' || isHealing.test(healed?.error?.cause ?? '')
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
