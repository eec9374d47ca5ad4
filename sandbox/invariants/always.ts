import { layoutOf } from '../../functions/domain/fleet.ts';
import { resourceNames } from '../../functions/domain/resource-names.ts';
import type { SimulatedExecution } from '../engine/execution.ts';
import type { StateEvent } from '../engine/state-event.ts';
import { isComplete } from '../world/content.ts';
import { secrets } from '../world/deployed-fleet.ts';
import { type Invariant, perProxy, type Snapshot } from './snapshot.ts';

/** With two names, an instance with complete content always serves; with one name, some instance always serves. */
export const clientsAreServed: Invariant = {
  name: 'clients-are-served',
  check: perProxy((snapshot, name) => {
    if (snapshot.disturbed.has(name)) return null;
    const proxy = snapshot.world.fleet.proxies.find((candidate) => candidate.name === name);
    const view = snapshot.probe.view(name);
    if (view === 'down') return 'no instance serves clients';
    const isTwoNames = proxy !== undefined && layoutOf(proxy) === 'two-names';
    return isTwoNames && view === 'incomplete'
      ? 'an instance without its full content serves clients'
      : null;
  }),
};

/** An instance with complete content is terminated only once another one serves all of it. */
export const noEarlyTermination: Invariant = {
  name: 'no-early-termination',
  check: ({ gone, probe, disturbed, world }) =>
    gone
      .filter(
        (machine) =>
          !disturbed.has(machine.proxy) &&
          isComplete(machine, world.content.get(machine.proxy) ?? {}),
      )
      .filter(({ proxy }) => probe.view(proxy) !== 'served')
      .map(({ id, proxy }) => ({
        proxy,
        text: `${id} was terminated while no instance with complete content serves`,
      })),
};

/** One rebuild of a proxy at a time. */
export const oneRebuildPerProxy: Invariant = {
  name: 'one-rebuild-per-proxy',
  check: perProxy(({ holders }, name) => {
    const holding = holders.get(name)?.size ?? 0;
    return holding > 1 ? `${holding} executions are rebuilding it at once` : null;
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
export const imagesInUseAreKept: Invariant = {
  name: 'images-in-use-are-kept',
  check: (snapshot) =>
    [...neededImages(snapshot)]
      .filter((id) => snapshot.world.aws.images.get(id) === undefined)
      .map((id) => ({ proxy: null, text: `image ${id} is in use but deregistered` })),
};

/** Of the login, which is none by itself, together with the token: what a request's header holds. */
const authorization = Buffer.from(`${secrets.login}:${secrets.token}`).toString('base64');
/** A renewed token begins like the first one, and so does its header but for the last group of the encoding. */
const hidden = [secrets.token, secrets.webhook, authorization.slice(0, -4)];

const hasSecret = (text: string): boolean => hidden.some((secret) => text.includes(secret));

/** A task leaves its state with what it has answered, or with why it failed when that is caught. */
const hasAnswered = ({ kind, stateType }: StateEvent): boolean =>
  kind === 'exited' && stateType === 'Task';

/** What an execution was given and what its tasks made of it; other states only hand that on. */
const dataOf = ({ input, output, error, history }: SimulatedExecution): string =>
  JSON.stringify([input, output, error, history.filter(hasAnswered), history.at(-1)]);

/** No secret in an execution that has ended and its history, a log line or a Slack message. */
export const noSecretLeaks: Invariant = {
  name: 'no-secret-leaks',
  check: ({ ended, logLines, posted }) => {
    const places: readonly (readonly [string, string])[] = [
      ...ended.map((execution): readonly [string, string] => [execution.name, dataOf(execution)]),
      ...logLines.map((line): readonly [string, string] => ['a log line', line]),
      ...posted.map((body): readonly [string, string] => ['a Slack message', body]),
    ];
    return places
      .filter(([, text]) => hasSecret(text))
      .map(([place]) => ({ proxy: null, text: `${place} contains a secret` }));
  },
};
