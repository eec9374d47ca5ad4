import { NamedFailure } from '../functions/domain/failures.ts';
import { takesTime, waitsForWindow } from '../statemachine/readers/progress.ts';
import type { Option, Words } from '../terminal/command-line.ts';
import { imageOption, proxiesOption } from '../terminal/rebuild-options.ts';
import type { Tell } from './command.ts';
import type { Deployment } from './deployment.ts';
import { type ExecutionReference, referenceTo } from './document.ts';
import { isDryRun } from './execution-input.ts';
import {
  arnOf,
  type DescribedExecution,
  describeExecution,
  listRunning,
  startExecution,
} from './executions.ts';
import { fleetPositionOf } from './position.ts';
import { ProxyWatcher, untilEnded } from './watch.ts';

const lookEverySeconds = 15;

/** Which proxies a rebuild is asked for, and from which image. */
export interface Choice {
  readonly proxies: readonly string[];
  readonly imageId: string | null;
  readonly force: boolean;
}

export const choiceOptions = {
  proxies: proxiesOption('these proxies, due or not; otherwise those that are due'),
  image: imageOption,
  force: { help: 'every proxy of the fleet, due or not' },
} as const satisfies Readonly<Record<string, Option>>;

export const choiceContradictions = ({ values, switches }: Words): readonly string[] =>
  values.has('proxies') && switches.has('force')
    ? ['--force: means every proxy, so leave out --proxies; those named are rebuilt due or not']
    : [];

export const readChoice = ({ values, switches }: Words): Choice => ({
  proxies: values.get('proxies')?.split(',') ?? [],
  imageId: values.get('image') ?? null,
  force: switches.has('force'),
});

/** Executions that a person starts are named by the instant, so that the newest sorts last. */
const nameAt = (prefix: string, now: Date): string =>
  `${prefix}-${now.toISOString().replaceAll(/[-:.]/g, '')}`;

/** Starts `rebuild-fleet` as a person does; what is not chosen is left to its defaults. */
export const startFleet = async (
  deployment: Deployment,
  { proxies, imageId, force }: Choice,
  dryRun: boolean,
): Promise<ExecutionReference> => {
  const name = nameAt(dryRun ? 'plan' : 'manual', deployment.environment.clock.now());
  const input = {
    reason: 'manual',
    ...(proxies.length > 0 && { proxies }),
    ...(imageId !== null && { imageId }),
    ...(force && { force }),
    ...(dryRun && { dryRun }),
  };
  return referenceTo({ name, arn: await startExecution(deployment, 'rebuild-fleet', name, input) });
};

/** The execution by which a fleet's execution rebuilds a proxy; `null` before it has begun to. */
export const rebuildOf = (
  deployment: Deployment,
  fleetExecution: string,
  proxy: string,
): Promise<DescribedExecution | null> =>
  describeExecution(deployment, arnOf(deployment, 'rebuild-proxy', `${fleetExecution}-${proxy}`));

/** The execution would refuse too, but only after this command has said that it was started. */
export const assertNothingRuns = async (deployment: Deployment): Promise<void> => {
  const rival = (await listRunning(deployment, 'rebuild-fleet')).find((each) => !isDryRun(each));
  if (rival === undefined) return;
  const { state } = await fleetPositionOf(deployment, rival.arn);
  const since = rival.startedAt.toISOString();
  const what =
    state !== null && waitsForWindow(state)
      ? `${rival.name} waits for its window since ${since} and has begun nothing; ` +
        `"cancel ${rival.name}" makes way at no cost`
      : `${deployment.fleet.fleet} is being rebuilt since ${since} by ${rival.name}`;
  throw new NamedFailure('FleetRebuildInProgress', what);
};

/** Tells what happens in a fleet's execution until it has ended. */
export const followFleet = (
  deployment: Deployment,
  arn: string,
  tell: Tell,
): Promise<DescribedExecution> => {
  const watcher = new ProxyWatcher(deployment, tell);
  const ended = new Set<string>();
  let lastState: string | null = null;
  return untilEnded(deployment, arn, lookEverySeconds, async ({ name, status }) => {
    const { state, plan } = await fleetPositionOf(deployment, arn);
    const isNews = state !== lastState && status === 'RUNNING';
    if (state !== null && isNews && takesTime('rebuild-fleet', state))
      tell({ proxy: null, kind: 'state', text: state });
    lastState = state;
    for (const proxy of plan?.proxies ?? []) {
      const rebuild = ended.has(proxy) ? null : await rebuildOf(deployment, name, proxy);
      if (rebuild === null) continue;
      await watcher.look(proxy, rebuild);
      if (rebuild.status !== 'RUNNING') ended.add(proxy);
    }
  });
};
