import {
  type Fleet,
  katelloFqdnOf,
  katelloNameOf,
  layoutOf,
  type SmartProxy,
} from '../../functions/domain/fleet.ts';
import type { ProxyRecord } from '../../functions/domain/record.ts';
import type { StoryEvent } from '../../terminal/story-event.ts';
import type { RunInput } from '../scenario/run-input.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { type HostNames, inProcess, overHttps } from '../world/katello-transport.ts';
import { planOf, resultOf } from './result-of.ts';
import { Simulation } from './simulation.ts';
import type { RunResult, Story } from './story.ts';
import { listen, storyOf } from './story-of.ts';

export interface RunOptions {
  /** Real sockets for Katello and the proxies, or none. */
  readonly transport: 'https' | 'in-process';
  readonly onEvent?: (event: StoryEvent) => void;
  readonly naiveSync?: boolean;
  /** Whether the same Katello has proxies of another fleet. */
  readonly hasNeighbours?: boolean;
  /** Whether the controller has seen earlier rebuilds of these proxies. */
  readonly hasPast?: boolean;
  /** For how long no function was called before. */
  readonly idleDays?: number;
  /** Called before the run begins. */
  readonly prepare?: (simulation: Simulation) => void;
  /** Started in the same world once the scenario is quiescent and all faults have ended. */
  readonly afterwards?: (simulation: Simulation) => void;
}

export interface ScenarioRun {
  readonly result: RunResult;
  readonly story: Story;
  readonly plan: ReturnType<typeof planOf>;
  readonly simulation: Simulation;
}

/** What earlier rebuilds would have taught: that things take about as long as the scenario says. */
const pastOf =
  ({ durations, start, incumbent }: Scenario) =>
  (proxy: SmartProxy): Pick<ProxyRecord, 'durationsSeconds'> | null => {
    const isNew = start.unlaunched.includes(proxy.name);
    if (isNew || incumbent(proxy.name).verifiedDaysAgo === null) return null;
    const { bootSeconds, installSeconds, syncSeconds } = durations.of(proxy.name);
    const syncPhase = layoutOf(proxy) === 'two-names' ? 'fill' : 'changeover';
    return {
      durationsSeconds: {
        provision: [bootSeconds + installSeconds],
        admit: [durations.registerSeconds + 20],
        standby: [durations.drainSeconds + 20],
        [syncPhase]: [syncSeconds + 60],
      },
    };
  };

const hostNames = ({ katello, proxies }: Fleet): HostNames => ({
  katello: [new URL(katello.url).hostname, katelloFqdnOf(katello)],
  proxies: proxies.flatMap((proxy) => [katelloNameOf(proxy), proxy.serviceName]),
});

const begin = (simulation: Simulation, { start }: Scenario): void => {
  if (start.reason === 'heal') {
    for (const proxy of start.proxies)
      simulation.disturb({ fault: 'instance-dies', proxy, target: 'incumbent' });
    return;
  }
  const { reason, proxies, imageId, dryRun } = start;
  const asked = { reason, proxies: [...proxies], imageId, dryRun };
  simulation.start('rebuild-fleet', 'rebuild-1', asked);
};

const daySeconds = 86_400;

/** One sweep a day, whatever else is running. Ends when the last one has started. */
const sweepDaily = (simulation: Simulation, { start }: Scenario): Promise<void> =>
  new Promise((resolve) => {
    for (let day = 1; day <= start.sweeps; day += 1)
      simulation.kernel.after(day * daySeconds, () => {
        simulation.start('rebuild-fleet', `sweep-${day}`, { reason: 'scheduled' });
        if (day === start.sweeps) resolve();
      });
    if (start.sweeps === 0) resolve();
  });

/** Runs one scenario to its end and tells what came of it. */
export const runScenario = async (
  { scenario, fleet }: RunInput,
  options: RunOptions,
): Promise<ScenarioRun> => {
  const katello = options.transport === 'https' ? await overHttps(hostNames(fleet)) : inProcess();
  const simulation = new Simulation({
    fleet,
    seed: scenario.seed,
    startAt: scenario.start.at,
    incumbent: scenario.incumbent,
    durations: scenario.durations,
    downloadPolicy: scenario.downloadPolicy,
    faults: scenario.faults,
    katello,
    past: options.hasPast === false ? () => null : pastOf(scenario),
    unlaunched: scenario.start.unlaunched,
    idleDays: options.idleDays ?? 0,
    naiveSync: options.naiveSync ?? false,
    hasNeighbours: options.hasNeighbours ?? false,
    site: scenario.site,
  });
  const events = listen(simulation, options.onEvent);
  options.prepare?.(simulation);
  try {
    const { afterwards } = options;
    const later = (): void => {
      simulation.faults.heal();
      afterwards?.(simulation);
    };
    await simulation.run(
      () => {
        begin(simulation, scenario);
        return sweepDaily(simulation, scenario);
      },
      ...(afterwards === undefined ? [] : [later]),
    );
  } finally {
    await katello.close();
  }
  const result = resultOf(simulation, scenario.seed);
  return {
    result,
    story: storyOf(simulation, scenario, result, events),
    plan: planOf(simulation),
    simulation,
  };
};
