import { type FleetRun, fleetRunSchema } from '../../functions/domain/fleet-run.ts';
import { provenWords } from '../../functions/domain/proven-content.ts';
import { distance, instant, plural } from '../../terminal/figures.ts';
import { heading, type Style } from '../../terminal/style.ts';
import { command } from '../command.ts';
import { type AdvisedFailure, addAdvice, type ExecutionReference } from '../document.ts';
import { choiceContradictions, choiceOptions, readChoice, startFleet } from '../fleet-rebuild.ts';
import { bold, dim, failureLines, linkLine, type Row, table } from '../text.ts';
import { untilEnded } from '../watch.ts';

const lookEverySeconds = 2;

type Plan = FleetRun['plan'];
const planned = fleetRunSchema.pick({ plan: true });

export interface PlanDocument {
  readonly fleet: string;
  readonly at: string;
  readonly execution: ExecutionReference;
  /** `null` when planning failed. */
  readonly plan: Plan | null;
  readonly failure: AdvisedFailure | null;
}

const imageWords = ({ imageId, imageSource, baseImage }: Plan): string => {
  if (imageSource === 'given') return `${imageId}, as requested`;
  return imageSource === 'fresh'
    ? `${imageId}, a recent candidate image`
    : `a new image baked from ${baseImage}`;
};

const orderWords = ({ proxies, hasCanary, concurrency }: Plan): string => {
  if (proxies.length === 1) return proxies.join('');
  const together = `${plural(concurrency, 'proxy', 'proxies')} at a time`;
  return hasCanary ? `${proxies[0]} alone as the canary, then ${together}` : together;
};

const row = (
  plan: Plan,
  { name, why, due, startBy }: Plan['verdicts'][number],
  at: string,
): Row => {
  const position = plan.proxies.indexOf(name);
  const isChosen = position >= 0;
  const limit = startBy === null ? 'at once' : `by ${instant(startBy)} (${distance(startBy, at)})`;
  const isLate = startBy !== null && startBy < at;
  return [
    { text: isChosen ? `▶ ${position + 1}` : '–', colours: isChosen ? ['bold', 'green'] : ['dim'] },
    bold(name),
    isChosen ? 'rebuild' : due === 'in-window' ? 'in its window' : 'not now',
    { text: limit, colours: isLate ? ['red'] : [] },
    why,
  ];
};

/** What the last rebuild has proven, and so will the next; proxies of which it is the same share a line. */
const contentRows = (plan: Plan): readonly Row[] => {
  const chosen = plan.verdicts.filter(({ name }) => plan.proxies.includes(name));
  const byWords = Object.groupBy(chosen, ({ proven }) =>
    proven === undefined ? 'not known before the first rebuild' : provenWords(proven),
  );
  return Object.entries(byWords).map(([words, verdicts = []]) => [
    bold('Compared'),
    `${verdicts.map(({ name }) => name).join(', ')}: ${words}`,
  ]);
};

const summary = (plan: Plan): readonly Row[] =>
  plan.proxies.length === 0
    ? [[bold('Rebuilt'), 'nobody']]
    : [
        [bold('Rebuilt'), orderWords(plan)],
        [bold('Launched'), `from ${imageWords(plan)}`],
        ...contentRows(plan),
      ];

/** Proxies in order, when each must start at the latest, and the image. */
export const planText = (
  { fleet, at, execution, plan, failure }: PlanDocument,
  style: Style,
): readonly string[] => {
  const title = heading(`Plan for ${fleet}, ${instant(at)} UTC; nothing was changed`, style);
  if (plan === null)
    return [
      title,
      '✖ Planning failed.',
      ...failureLines(failure, style),
      linkLine('execution', execution.link, style),
    ];
  const order = (name: string): number => plan.proxies.indexOf(name) + 1 || plan.proxies.length + 1;
  const verdicts = [...plan.verdicts].sort((one, other) => order(one.name) - order(other.name));
  return [
    title,
    ...table(
      [
        ['', 'proxy', '', 'must start', 'why'].map(dim),
        ...verdicts.map((verdict) => row(plan, verdict, at)),
      ],
      style,
    ),
    '',
    ...table(summary(plan), style),
    linkLine('execution', execution.link, style).trimStart(),
  ];
};

/** Runs the deployed state machine as a dry run, so that the plan is the one `start` would follow. */
export const plan = command({
  help: 'show which proxies are due, when and from which image; changes nothing',
  options: choiceOptions,
  contradictions: choiceContradictions,
  read: readChoice,
  run: async (deployment, choice): Promise<PlanDocument> => {
    const execution = await startFleet(deployment, choice, true);
    const ended = await untilEnded(deployment, execution.arn, lookEverySeconds);
    return {
      fleet: deployment.fleet.fleet,
      at: deployment.environment.clock.now().toISOString(),
      execution,
      plan: planned.safeParse(ended.output).data?.plan ?? null,
      failure: addAdvice(ended.failure),
    };
  },
  isDone: (document) => document.plan !== null,
  text: planText,
});
