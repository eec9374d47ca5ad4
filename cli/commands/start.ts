import { fleetRunSchema } from '../../functions/domain/fleet-run.ts';
import { printable } from '../../functions/domain/printable.ts';
import { duration, plural } from '../../terminal/figures.ts';
import { heading, type Style } from '../../terminal/style.ts';
import { command } from '../command.ts';
import type { Deployment } from '../deployment.ts';
import {
  type AdvisedFailure,
  addAdvice,
  type ExecutionReference,
  referenceTo,
} from '../document.ts';
import type { DescribedExecution } from '../executions.ts';
import {
  assertNothingRuns,
  choiceContradictions,
  choiceOptions,
  followFleet,
  readChoice,
  rebuildOf,
  startFleet,
} from '../fleet-rebuild.ts';
import { fleetPositionOf } from '../position.ts';
import {
  bold,
  type Cell,
  detailedTable,
  failureLines,
  linkLine,
  type Row,
  secondsBetween,
} from '../text.ts';

interface RebuiltProxy {
  readonly name: string;
  readonly outcome: 'rebuilt' | 'failed' | 'not-attempted';
  readonly seconds: number | null;
  readonly failure: AdvisedFailure | null;
  readonly execution: ExecutionReference | null;
}

export interface StartDocument {
  readonly fleet: string;
  readonly execution: ExecutionReference;
  /** `started`: the command did not wait for the end. */
  readonly outcome: 'started' | 'rebuilt' | 'nothing-due' | 'failed';
  readonly seconds: number | null;
  readonly failure: AdvisedFailure | null;
  /** The image that the proxies were rebuilt from. */
  readonly image: string | null;
  readonly proxies: readonly RebuiltProxy[];
}

const secondsOf = ({ startedAt, endedAt }: DescribedExecution): number =>
  secondsBetween(startedAt, endedAt ?? startedAt);

const readProxy = async (
  deployment: Deployment,
  fleetExecution: string,
  proxy: string,
): Promise<RebuiltProxy> => {
  const rebuild = await rebuildOf(deployment, fleetExecution, proxy);
  if (rebuild === null)
    return { name: proxy, outcome: 'not-attempted', seconds: null, failure: null, execution: null };
  return {
    name: proxy,
    outcome: rebuild.status === 'SUCCEEDED' ? 'rebuilt' : 'failed',
    seconds: secondsOf(rebuild),
    failure: addAdvice(rebuild.failure),
    execution: referenceTo(rebuild),
  };
};

const imageOf = fleetRunSchema.pick({ image: true });

const outcomeOf = ({ status }: DescribedExecution, planned: string | undefined) => {
  if (status !== 'SUCCEEDED') return 'failed' as const;
  return planned === 'go' ? ('rebuilt' as const) : ('nothing-due' as const);
};

const readEnd = async (
  deployment: Deployment,
  ended: DescribedExecution,
): Promise<StartDocument> => {
  const { plan } = await fleetPositionOf(deployment, ended.arn);
  const proxies: RebuiltProxy[] = [];
  for (const proxy of plan?.status === 'go' ? plan.proxies : [])
    proxies.push(await readProxy(deployment, ended.name, proxy));
  return {
    fleet: deployment.fleet.fleet,
    execution: referenceTo(ended),
    outcome: outcomeOf(ended, plan?.status),
    seconds: secondsOf(ended),
    failure: addAdvice(ended.failure),
    image: imageOf.safeParse(ended.output).data?.image.id ?? null,
    proxies,
  };
};

const looks: Readonly<Record<RebuiltProxy['outcome'], Cell>> = {
  rebuilt: { text: '✔ rebuilt', colours: ['green'] },
  failed: { text: '✖ failed', colours: ['red'] },
  'not-attempted': { text: '– not attempted', colours: ['yellow'] },
};

const row = ({ name, outcome, seconds }: RebuiltProxy): Row => [
  looks[outcome],
  bold(name),
  seconds === null ? '' : `in ${duration(seconds)}`,
];

const details = ({ failure, execution }: RebuiltProxy, style: Style): readonly string[] =>
  failure === null || execution === null
    ? []
    : [...failureLines(failure, style), linkLine('execution', execution.link, style)];

const verdict = ({ outcome, fleet, seconds, proxies }: StartDocument): string => {
  const took = seconds === null ? '' : ` in ${duration(seconds)}`;
  const rebuilt = proxies.filter((proxy) => proxy.outcome === 'rebuilt').length;
  if (outcome === 'nothing-due') return `No proxy of ${fleet} is due; nothing was changed`;
  return outcome === 'rebuilt'
    ? `${plural(rebuilt, 'proxy', 'proxies')} of ${fleet} rebuilt${took}`
    : `${rebuilt} of ${plural(proxies.length, 'proxy', 'proxies')} of ${fleet} rebuilt${took}`;
};

export const startText = (document: StartDocument, style: Style): readonly string[] => {
  const { execution, outcome, failure, image, proxies, fleet } = document;
  if (outcome === 'started')
    return [
      `To follow it: npm run rebuilder -- status --fleet-name ${printable(fleet)}`,
      linkLine('execution', execution.link, style).trimStart(),
    ];
  return [
    '',
    heading('Result', style),
    style.paint(printable(verdict(document)), 'bold', outcome === 'failed' ? 'red' : 'green'),
    // Failures of a proxy are shown with that proxy.
    ...(proxies.some((proxy) => proxy.failure !== null) ? [] : failureLines(failure, style)),
    ...detailedTable(proxies, row, details, style),
    ...(image === null ? [] : [`From the image ${printable(image)}`]),
    linkLine('execution', execution.link, style).trimStart(),
  ];
};

/** Starts a rebuild; with `--wait`, follows it until it ends. */
export const start = command({
  help: 'rebuild the proxies that are due, or those given',
  options: { ...choiceOptions, wait: { help: 'follow the rebuild until it ends' } },
  contradictions: choiceContradictions,
  read: (words) => ({ ...readChoice(words), wait: words.switches.has('wait') }),
  run: async (deployment, request, tell): Promise<StartDocument> => {
    await assertNothingRuns(deployment);
    const execution = await startFleet(deployment, request, false);
    tell({ proxy: null, kind: 'started', text: `started ${execution.name}` });
    if (request.wait)
      return readEnd(deployment, await followFleet(deployment, execution.arn, tell));
    const unknown = { seconds: null, failure: null, image: null, proxies: [] };
    return { fleet: deployment.fleet.fleet, execution, outcome: 'started', ...unknown };
  },
  isDone: ({ outcome }) => outcome !== 'failed',
  text: startText,
});
