import type { StoryEvent } from '../../terminal/story-event.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { PhaseSpan } from '../world/phase-log.ts';
import { proxyOf } from '../world/watch.ts';
import type { Simulation } from './simulation.ts';
import type { Lane, RunResult, Story, Wait } from './story.ts';
import { waitsOf } from './waits-of.ts';

/** Notes what is worth telling of a run, from now on. */
export const listen = (
  { kernel }: Simulation,
  onEvent?: (event: StoryEvent) => void,
): readonly StoryEvent[] => {
  const events: StoryEvent[] = [];
  kernel.observe(({ at, kind, proxy = null, text }) => {
    if (text === '') return;
    const event = { atSeconds: (at - kernel.startedAt) / 1000, proxy, kind, text };
    events.push(event);
    onEvent?.(event);
  });
  return events;
};

/** The bake is the fleet's own phase: from its beginning until it has made an image or failed. */
const bakePhase = (events: readonly StoryEvent[]): readonly PhaseSpan[] => {
  const begun = events.find(({ kind }) => kind === 'bake-started');
  const ended = events.find(({ kind }) => kind === 'image-made' || kind === 'bake-failed');
  if (begun === undefined || ended === undefined) return [];
  return [{ name: 'bake', startSeconds: begun.atSeconds, endSeconds: ended.atSeconds }];
};

const proxyWaits = ({ kernel, executions }: Simulation, proxy: string): readonly Wait[] => {
  const secondsAt = (instant: Date): number => (instant.getTime() - kernel.startedAt) / 1000;
  return executions
    .all()
    .filter((execution) => execution.machine === 'rebuild-proxy' && proxyOf(execution) === proxy)
    .flatMap((execution) => {
      const endedAt = execution.stoppedAt ?? new Date(kernel.now());
      return waitsOf(execution, secondsAt, secondsAt(endedAt));
    });
};

const laneOf =
  (simulation: Simulation, result: RunResult, events: readonly StoryEvent[]) =>
  (proxy: string): Lane => ({
    proxy,
    phases: result.proxies.find(({ name }) => name === proxy)?.phases ?? [],
    waits: proxyWaits(simulation, proxy),
    marks: events
      .filter((event) => event.proxy === proxy)
      .flatMap(({ kind, atSeconds, text }) =>
        kind === 'fault' || kind === 'decision' ? [{ kind, atSeconds, text }] : [],
      ),
    clients: simulation.probe.spans.get(proxy) ?? [],
  });

export const storyOf = (
  simulation: Simulation,
  { name, description }: Pick<Scenario, 'name' | 'description'>,
  result: RunResult,
  events: readonly StoryEvent[],
): Story => ({
  title: name,
  description,
  startedAt: new Date(simulation.kernel.startedAt).toISOString(),
  result,
  fleetPhases: bakePhase(events),
  lanes: simulation.world.fleet.proxies.map(({ name }) => laneOf(simulation, result, events)(name)),
  events,
});
