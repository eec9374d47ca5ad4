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

type Ended = Pick<FleetRun, 'plan'> & Partial<Pick<FleetRun, 'wave' | 'image' | 'failure'>>;

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

export const summaryMessage = (run: Ended): Message => {
  const rebuilt = (run.wave?.results ?? []).filter(({ failure }) => failure === null).length;
  const { fleet, proxies } = run.plan;
  const counted = `${rebuilt} of ${proxies.length} proxies rebuilt`;
  const image: Message['facts'] = run.image === undefined ? [] : [['Image', run.image.id]];
  if (run.failure === undefined) {
    return { tone: 'good', title: `${fleet}: ${counted}`, facts: [...resultFacts(run), ...image] };
  }
  const { name, cause } = readFailure(run.failure);
  return {
    tone: 'bad',
    title: `${fleet}: fleet rebuild failed, ${counted}`,
    facts: [
      ['Failure', `${name}: ${cause.split('\n')[0]?.slice(0, 600)}`],
      ...resultFacts(run),
      ...image,
    ],
    advice: adviceFor(name),
  };
};
