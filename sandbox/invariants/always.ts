import { layoutOf } from '../../functions/domain/fleet.ts';
import { resourceNames } from '../../functions/domain/resource-names.ts';
import type { SimulatedExecution } from '../engine/execution.ts';
import type { StateEvent } from '../engine/state-event.ts';
import { isComplete } from '../world/content.ts';
import { secrets } from '../world/deployed-fleet.ts';
import { type Invariant, perProxy, type Snapshot } from './snapshot.ts';

/** With two names clients always meet a filled proxy; with one name they always meet a proxy. */
export const someoneServes: Invariant = {
  name: 'someone-serves',
  check: perProxy((snapshot, name) => {
    if (snapshot.disturbed.has(name)) return null;
    const proxy = snapshot.world.fleet.proxies.find((candidate) => candidate.name === name);
    const view = snapshot.probe.view(name);
    if (view === 'down') return 'clients meet no proxy';
    const isTwoNames = proxy !== undefined && layoutOf(proxy) === 'two-names';
    return isTwoNames && view === 'incomplete'
      ? 'clients can meet a proxy that is not filled'
      : null;
  }),
};

/** A filled machine goes only once another one serves everything in its place. */
export const incumbentOutlivesItsDuty: Invariant = {
  name: 'incumbent-outlives-its-duty',
  check: ({ gone, probe, disturbed, world }) =>
    gone
      .filter(
        ({ proxy, store }) =>
          !disturbed.has(proxy) && isComplete(store, world.content.get(proxy) ?? {}),
      )
      .filter(({ proxy }) => probe.view(proxy) !== 'served')
      .map(({ id, proxy }) => ({ proxy, text: `${id} is terminated, but nothing filled serves` })),
};

/** One rebuild of a proxy at a time. */
export const oneAtATime: Invariant = {
  name: 'one-at-a-time',
  check: perProxy(({ holders }, name) => {
    const holding = holders.get(name)?.size ?? 0;
    return holding > 1 ? `${holding} executions rebuild it at once` : null;
  }),
};

/** Images that the next launch of a proxy could need, and the one that the fleet publishes. */
const publishedImages = ({ world: { fleet, aws } }: Snapshot): readonly string[] =>
  [
    resourceNames.currentImageParameter(fleet.fleet),
    ...fleet.proxies.map(({ name }) => resourceNames.proxyImageParameter(fleet.fleet, name)),
  ].flatMap((parameter) => aws.parameters.get(parameter)?.value ?? []);

/** Of the version that a group launches from, when that is one of a rebuild. */
const candidateImages = ({ world: { aws, proxies } }: Snapshot): readonly string[] =>
  [...proxies.values()].flatMap(({ groupName, templateId }) => {
    const version = aws.groups.get(groupName)?.template.version ?? '';
    const imageId = aws.templates.find(templateId, version)?.imageId ?? '';
    return imageId.startsWith('ami-') ? [imageId] : [];
  });

const neededImages = (snapshot: Snapshot): ReadonlySet<string> =>
  new Set([
    ...snapshot.world.machines.living().map(({ imageId }) => imageId),
    ...publishedImages(snapshot),
    ...candidateImages(snapshot),
  ]);

/** No image that a machine or a launch template needs is deregistered. */
export const imagesInUseStay: Invariant = {
  name: 'images-in-use-stay',
  check: (snapshot) =>
    [...neededImages(snapshot)]
      .filter((id) => snapshot.world.aws.images.get(id) === undefined)
      .map((id) => ({ proxy: null, text: `image ${id} is in use, but deregistered` })),
};

/** Of the login, which is none by itself, together with the token: what a request's header holds. */
const authorization = Buffer.from(`${secrets.login}:${secrets.token}`).toString('base64');
const untold = [secrets.token, secrets.webhook, authorization];

const isTold = (text: string): boolean => untold.some((secret) => text.includes(secret));

/** A task leaves its state with what it has answered, or with why it failed when that is caught. */
const hasAnswered = ({ kind, stateType }: StateEvent): boolean =>
  kind === 'exited' && stateType === 'Task';

/** What an execution was given and what its tasks made of it; other states only hand that on. */
const dataOf = ({ input, output, error, history }: SimulatedExecution): string =>
  JSON.stringify([input, output, error, history.filter(hasAnswered), history.at(-1)]);

/** No secret in an execution that has ended and its history, a log line or a Slack message. */
export const secretsStaySecret: Invariant = {
  name: 'secrets-stay-secret',
  check: ({ ended, logLines, posted }) => {
    const places: readonly (readonly [string, string])[] = [
      ...ended.map((execution): readonly [string, string] => [execution.name, dataOf(execution)]),
      ...logLines.map((line): readonly [string, string] => ['a log line', line]),
      ...posted.map((body): readonly [string, string] => ['a Slack message', body]),
    ];
    return places
      .filter(([, text]) => isTold(text))
      .map(([place]) => ({ proxy: null, text: `${place} holds a secret` }));
  },
};
