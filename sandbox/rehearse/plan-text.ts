import { elapsedClock } from '../../terminal/figures.ts';
import type { ScenarioRun } from '../run/run-scenario.ts';

const when = (iso: string | null): string =>
  iso === null ? 'now' : `by ${iso.slice(0, 16).replace('T', ' ')}`;

/** The plan of a dry run: which proxies are due, by when each must start, and the image. */
export const planText = ({ plan, story }: ScenarioRun): string => {
  if (plan === null) return 'No plan.\n';
  const width = Math.max(...plan.verdicts.map(({ name }) => name.length));
  const lines = plan.verdicts.map(({ name, why, startBy }) => {
    const position = plan.proxies.indexOf(name);
    const order = position === -1 ? 'skip      ' : `rebuild ${position + 1} `;
    return `  ${order} ${name.padEnd(width)}  ${why}; must start ${when(startBy)}`;
  });
  const image =
    plan.imageId === null
      ? `a new image, baked from ${plan.baseImage}`
      : `${plan.imageId} (${plan.imageSource})`;
  return [
    `Plan at ${story.startedAt.slice(0, 16).replace('T', ' ')} UTC (${elapsedClock(0)}); nothing was changed.`,
    ...lines,
    `  Image: ${image}`,
    '',
  ].join('\n');
};
