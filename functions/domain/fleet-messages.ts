import { adviceFor } from './advice.ts';
import { readFailure } from './failure-cause.ts';
import type { FleetRun } from './fleet-run.ts';
import type { Message } from './message.ts';

const imageWords = (plan: FleetRun['plan']): string => {
  if (plan.imageSource === 'given') return `${plan.imageId} (given)`;
  return plan.imageSource === 'fresh' ? `${plan.imageId} (still fresh)` : 'a new one will be baked';
};

export const startMessage = (plan: FleetRun['plan']): Message => ({
  tone: 'info',
  title: `${plan.fleet}: rebuilding ${plan.proxies.length} of ${plan.verdicts.length} proxies`,
  facts: [
    ['Proxies', plan.proxies.join(', ')],
    ['Reason', plan.reason],
    ['Image', imageWords(plan)],
    ...plan.verdicts
      .filter(({ name }) => plan.proxies.includes(name))
      .map(({ name, why }): readonly [string, string] => [name, why]),
  ],
});

export const imageMessage = (
  plan: FleetRun['plan'],
  imageId: string,
  changes: Message['facts'] = [],
): Message => ({
  tone: 'info',
  title: `${plan.fleet}: baked image ${imageId}`,
  facts: [['Base', plan.baseImage], ...changes],
});

type SideFailure = 'pruningFailure' | 'rejectionFailure' | 'announcementFailure';

type Ended = Pick<FleetRun, 'plan'> & {
  readonly [Section in 'wave' | 'image' | 'failure']?: FleetRun[Section] | undefined;
} & { readonly [Section in SideFailure]?: FleetRun['failure'] | undefined };

const firstLine = (cause: string): string => cause.split('\n')[0]?.slice(0, 600) ?? '';

const resultFacts = ({ plan, wave }: Ended): Message['facts'] => {
  const results = wave?.results ?? [];
  return plan.proxies.map((name): readonly [string, string] => {
    const result = results.find(({ proxy }) => proxy === name);
    if (result === undefined) return [name, 'not attempted'];
    return [
      name,
      result.failure === null ? 'rebuilt' : `failed: ${readFailure(result.failure).name}`,
    ];
  });
};

const caught = (label: string, failure: Ended['failure'], then: string): Message['facts'] => {
  if (failure === undefined) return [];
  const { name, cause } = readFailure(failure);
  return [[label, `${name}: ${firstLine(cause)}; ${then}`]];
};

/** What has failed beside the rebuilds, and ended nothing. */
const sideFacts = (run: Ended): Message['facts'] => [
  ...caught('Images not pruned', run.pruningFailure, 'the next run tries again'),
  ...caught('Image not rejected', run.rejectionFailure, 'delete the unproven image by hand'),
  ...caught(
    'Message not posted',
    run.announcementFailure,
    'an earlier message of this run is missing',
  ),
];

export const summaryMessage = (run: Ended): Message => {
  const rebuilt = (run.wave?.results ?? []).filter(({ failure }) => failure === null).length;
  const { fleet, proxies } = run.plan;
  const counted = `${rebuilt} of ${proxies.length} proxies rebuilt`;
  const image: Message['facts'] = run.image === undefined ? [] : [['Image', run.image.id]];
  const facts = [...resultFacts(run), ...image, ...sideFacts(run)];
  if (run.failure === undefined) {
    return { tone: 'good', title: `${fleet}: ${counted}`, facts };
  }
  const { name, cause } = readFailure(run.failure);
  return {
    tone: 'bad',
    title: `${fleet}: fleet rebuild failed, ${counted}`,
    facts: [['Failure', `${name}: ${firstLine(cause)}`], ...facts],
    advice: adviceFor(name),
  };
};
