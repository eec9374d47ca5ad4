import { readFailure } from '../../functions/domain/failure-cause.ts';
import type { FleetRun } from '../../functions/domain/fleet-run.ts';
import { resourceNames } from '../../functions/domain/resource-names.ts';
import type { SimulatedExecution } from '../engine/execution.ts';
import type { PhaseSpan } from '../world/phase-log.ts';
import { proxyOf } from '../world/watch.ts';
import type { Simulation } from './simulation.ts';
import type { ProxyOutcome, ProxyResult, RunResult } from './story.ts';

type Plan = FleetRun['plan'];

export const planOf = (simulation: Simulation): Plan | null =>
  (simulation.tasks.lastAnswer('planFleet') as Plan | null) ?? null;

/** A heal that has only looked has found that there is nothing to do. */
const hasOnlyLooked = (simulation: Simulation, { arn, status }: SimulatedExecution): boolean => {
  const spans = simulation.watch.phaseLogs.get(arn)?.spans(0) ?? [];
  return status === 'SUCCEEDED' && spans.every(({ name }) => name === 'inspect');
};

/** Executions that worked on a proxy, in order; those that found its lock taken are not among them. */
const workOn = (simulation: Simulation, proxy: string): readonly SimulatedExecution[] =>
  simulation.executions
    .all()
    .filter((execution) => execution.machine === 'rebuild-proxy' && proxyOf(execution) === proxy)
    .filter(({ arn }) => (simulation.watch.phaseLogs.get(arn)?.spans(0).length ?? 0) > 0)
    .filter((execution) => !hasOnlyLooked(simulation, execution));

const isHeal = ({ input }: SimulatedExecution): boolean =>
  typeof input === 'object' && input !== null && 'reason' in input && input['reason'] === 'heal';

const isRollback = ({ name }: SimulatedExecution): boolean => name.startsWith('rollback-');

const outcomeOf = (
  simulation: Simulation,
  proxy: string,
  main: SimulatedExecution | undefined,
): ProxyOutcome => {
  if (main === undefined)
    return planOf(simulation)?.proxies.includes(proxy) ? 'not-attempted' : 'not-due';
  if (main.status === 'SUCCEEDED') return isHeal(main) ? 'healed' : 'rebuilt';
  return simulation.probe.view(proxy) === 'down' ? 'failed' : 'rolled-back';
};

/** Phases of everything that worked on the proxy; a rollback that found nothing to do is left out. */
const phasesOf = (
  simulation: Simulation,
  work: readonly SimulatedExecution[],
): readonly PhaseSpan[] =>
  work
    .flatMap(
      ({ arn }) => simulation.watch.phaseLogs.get(arn)?.spans(simulation.endedAtSeconds) ?? [],
    )
    .filter(
      ({ name, startSeconds, endSeconds }) => name !== 'rollback' || endSeconds > startSeconds,
    );

const secondsOf = (simulation: Simulation, proxy: string) => {
  const seconds = { served: 0, incomplete: 0, down: 0 };
  for (const span of simulation.probe.spans.get(proxy) ?? []) {
    seconds[span.view] += span.toSeconds - span.fromSeconds;
  }
  return seconds;
};

const proxyResult = (simulation: Simulation, proxy: string): ProxyResult => {
  const { world } = simulation;
  const work = workOn(simulation, proxy);
  const main = work.filter((execution) => !isRollback(execution)).at(-1);
  const incumbent = world.proxies.get(proxy)?.instanceId ?? null;
  const others = world.machines
    .all()
    .filter((machine) => machine.proxy === proxy && machine.id !== incumbent);
  const group = world.aws.groups.get(resourceNames.group(world.fleet.fleet, proxy));
  const serving = group?.members().find(({ state }) => state === 'InService')?.id ?? null;
  return {
    name: proxy,
    outcome: outcomeOf(simulation, proxy, main),
    failure:
      main?.error == null ? null : readFailure({ Error: main.error.name, Cause: main.error.cause }),
    incumbent,
    replacement: others.find(({ id }) => id === serving)?.id ?? others[0]?.id ?? null,
    serving,
    images: {
      before: world.currentImage,
      after: serving === null ? null : (world.machines.get(serving)?.imageId ?? null),
    },
    clientSeconds: secondsOf(simulation, proxy),
    phases: phasesOf(simulation, work),
  };
};

const runOutcome = (simulation: Simulation): RunResult['outcome'] => {
  if (planOf(simulation)?.status === 'nothing-due') return 'nothing-due';
  const bad = simulation.executions.all().some((execution) => execution.status !== 'SUCCEEDED');
  return bad ? 'failed' : 'succeeded';
};

const answered = (
  simulation: Simulation,
  step: 'verifyImage' | 'promoteImage',
  field: string,
): string | null => {
  const answer = simulation.tasks.lastAnswer(step);
  const value =
    typeof answer === 'object' && answer !== null && field in answer
      ? Object.entries(answer).find(([key]) => key === field)?.[1]
      : null;
  return typeof value === 'string' ? value : null;
};

/** The result of a run, as `--json` prints it. */
export const resultOf = (simulation: Simulation, seed: number): RunResult => ({
  outcome: runOutcome(simulation),
  seed,
  virtualSeconds: simulation.endedAtSeconds,
  image: {
    candidate: answered(simulation, 'verifyImage', 'id'),
    promoted: answered(simulation, 'promoteImage', 'promoted'),
  },
  proxies: simulation.world.fleet.proxies.map(({ name }) => proxyResult(simulation, name)),
  invariants: { checked: simulation.checker.checked, violations: simulation.checker.violations },
  slack: simulation.world.slack.posts.map(({ atSeconds, text }) => ({ atSeconds, text })),
  cost: {
    stateTransitions: simulation.executions.stateTransitions,
    functionInvocations: simulation.tasks.functionInvocations,
    awsCalls: simulation.world.aws.awsCalls,
    katelloCalls: simulation.world.katello.katelloCalls,
  },
});
