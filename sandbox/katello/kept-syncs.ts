import type { Random } from '../kernel/random.ts';
import type { Capsule } from './capsule.ts';
import { labels } from './labels.ts';
import { stepsOfSync } from './load.ts';
import type { SimulatedTask } from './task.ts';

const dayMs = 86_400_000;
const perDay = 20;

const keptSync = (
  capsule: Capsule,
  at: number,
  viewIndex: number | null,
  random: Random,
): SimulatedTask => {
  const { id, name } = capsule.description;
  const view = viewIndex === null ? undefined : capsule.views[viewIndex % capsule.views.length];
  const { length } = view?.repositories ?? capsule.repositories();
  const options = {
    environment_id: view?.environmentId ?? null,
    content_view_id: view?.versionId ?? null,
  };
  return {
    id: random.uuid(),
    label: labels.sync,
    action: `Synchronize smart proxy '${name}'`,
    username: 'foreman_admin',
    startedAt: at,
    endedAt: at + 600_000,
    capsule,
    isLinked: true,
    steps: stepsOfSync(length),
    input: { options, smart_proxy: { id, name }, smart_proxy_id: id },
    state: 'stopped',
    result: 'success',
    progress: 1,
    errors: [],
  };
};

/**
 * Syncs of the past days that Foreman still has, oldest first: on each day one after each of twenty content views was
 * published, and one of everything three weeks ago, the last rebuild. A site says
 * itself for how long Foreman keeps tasks: https://github.com/theforeman/foreman-tasks/blob/master/config/foreman-tasks.yaml.example.
 */
export const keptSyncs = (
  capsule: Capsule,
  now: number,
  days: number,
  random: Random,
): readonly SimulatedTask[] =>
  Array.from({ length: days }, (_, index) => {
    const day = now - (days - index) * dayMs;
    const isRebuild = days - index === 21;
    const published = Array.from({ length: perDay }, (_none, turn) =>
      keptSync(capsule, day + turn * 3_600_000, index * perDay + turn, random),
    );
    return isRebuild ? [keptSync(capsule, day, null, random), ...published] : published;
  }).flat();
