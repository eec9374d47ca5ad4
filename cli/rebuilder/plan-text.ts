import type { FleetRun } from '../../functions/domain/fleet-run.ts';
import { plural } from '../../terminal/figures.ts';
import { heading, type Style } from '../../terminal/style.ts';
import { distance, instant } from './moments.ts';
import type { AdvisedFailure, ExecutionReference } from './outcome.ts';
import { failureLines, joined, linkLine, table } from './text.ts';

type Plan = FleetRun['plan'];

export interface PlanDocument {
  readonly fleet: string;
  readonly at: string;
  readonly execution: ExecutionReference;
  /** `null` when none could be made. */
  readonly plan: Plan | null;
  readonly failure: AdvisedFailure | null;
}

const imageWords = ({ imageId, imageSource, baseImage }: Plan): string => {
  if (imageSource === 'given') return `${imageId}, as asked for`;
  return imageSource === 'fresh'
    ? `${imageId}, a candidate that is still fresh`
    : `a new image, baked from ${baseImage}`;
};

const orderWords = ({ proxies, hasCanary, concurrency }: Plan): string => {
  if (proxies.length === 1) return proxies.join('');
  const together = `${plural(concurrency, 'proxy', 'proxies')} at a time`;
  return hasCanary ? `${proxies[0]} alone, then ${together}` : together;
};

const row = (
  plan: Plan,
  { name, why, due, startBy }: Plan['verdicts'][number],
  at: string,
): Parameters<typeof table>[0][number] => {
  const position = plan.proxies.indexOf(name);
  const isChosen = position >= 0;
  const limit = startBy === null ? 'at once' : `by ${instant(startBy)} (${distance(startBy, at)})`;
  const isLate = startBy !== null && startBy < at;
  return [
    { text: isChosen ? `▶ ${position + 1}` : '–', colours: isChosen ? ['bold', 'green'] : ['dim'] },
    { text: name, colours: ['bold'] },
    isChosen ? 'is rebuilt' : due === 'in-window' ? 'in its window' : 'not now',
    { text: limit, colours: isLate ? ['red'] : [] },
    why,
  ];
};

/** The plan for people: who, in which order, until when it must start to end before the limit, from what. */
export const planText = (
  { fleet, at, execution, plan, failure }: PlanDocument,
  style: Style,
): string => {
  const title = heading(`Plan for ${fleet}, ${instant(at)} UTC; nothing was changed`, style);
  if (plan === null)
    return joined([
      title,
      '✖ No plan could be made.',
      ...failureLines(failure, style),
      linkLine('execution', execution.link, style),
    ]);
  const order = (name: string): number => plan.proxies.indexOf(name) + 1 || plan.proxies.length + 1;
  const verdicts = [...plan.verdicts].sort((one, other) => order(one.name) - order(other.name));
  const titles = ['', 'proxy', '', 'must start', 'why'].map((text) => ({
    text,
    colours: ['dim' as const],
  }));
  const summary =
    plan.proxies.length === 0
      ? [['Rebuilt', 'nobody']]
      : [
          ['Rebuilt', orderWords(plan)],
          ['Launched', `from ${imageWords(plan)}`],
        ];
  return joined([
    title,
    ...table([titles, ...verdicts.map((verdict) => row(plan, verdict, at))], style),
    '',
    ...table(
      summary.map(([label = '', text = '']) => [{ text: label, colours: ['bold'] }, text]),
      style,
    ),
    linkLine('execution', execution.link, style).trimStart(),
  ]);
};
