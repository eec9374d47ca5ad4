import { provenWords } from '../../functions/domain/proven-content.ts';
import { distance, instant } from '../../terminal/figures.ts';
import type { ScenarioRun } from '../run/run-scenario.ts';

const when = (iso: string | null, now: string): string =>
  iso === null || iso === now ? 'now' : `by ${instant(iso)} (${distance(iso, now)})`;

/** The plan of a dry run: which proxies are due, by when each must start, and the image. */
export const planText = ({ plan, story }: ScenarioRun): string => {
  if (plan === null) return 'No plan.\n';
  const width = Math.max(...plan.verdicts.map(({ name }) => name.length));
  const lines = plan.verdicts.map(({ name, why, startBy }) => {
    const position = plan.proxies.indexOf(name);
    const order = position === -1 ? 'skip      ' : `rebuild ${position + 1} `;
    return `  ${order} ${name.padEnd(width)}  ${why}; must start ${when(startBy, story.startedAt)}`;
  });
  const compared = plan.verdicts.flatMap(({ name, proven }) =>
    proven === undefined || !plan.proxies.includes(name) ? [] : [`${name}: ${provenWords(proven)}`],
  );
  const image =
    plan.imageId === null
      ? `a new image, baked from ${plan.baseImage}`
      : `${plan.imageId} (${plan.imageSource})`;
  return [
    `Plan at ${instant(story.startedAt)} UTC; nothing was changed.`,
    ...lines,
    `  Image: ${image}`,
    ...compared.map((words) => `  Compared: ${words}`),
    '',
  ].join('\n');
};
