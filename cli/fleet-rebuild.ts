import { rebuildExecutionName } from '../functions/domain/derived-id.ts';
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

/** Which proxies to rebuild, and from which image. */
export interface Choice {
  readonly proxies: readonly string[];
  readonly imageId: string | null;
  readonly force: boolean;
}

export const choiceOptions = {
  proxies: proxiesOption('rebuild these proxies even if they are not due'),
  image: imageOption,
  force: { help: 'rebuild every proxy of the fleet even if it is not due' },
} as const satisfies Readonly<Record<string, Option>>;

export const choiceContradictions = ({ values, switches }: Words): readonly string[] =>
  values.has('proxies') && switches.has('force')
    ? [
        '--force: rebuilds every proxy and cannot be combined with --proxies, which needs no --force',
      ]
    : [];

export const readChoice = ({ values, switches }: Words): Choice => ({
  proxies: values.get('proxies')?.split(',') ?? [],
  imageId: values.get('image') ?? null,
  force: switches.has('force'),
});

/** Names of executions started by a person contain the time, so that the newest sorts last. */
const nameAt = (prefix: string, now: Date): string =>
  `${prefix}-${now.toISOString().replaceAll(/[-:.]/g, '')}`;

/** Starts `rebuild-fleet` manually; options that were not given keep their defaults. */
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

/** The execution in which a fleet execution rebuilds a proxy; `null` until it has started. */
export const rebuildOf = (
  deployment: Deployment,
  fleetExecution: string,
  proxy: string,
): Promise<DescribedExecution | null> =>
  describeExecution(
    deployment,
    arnOf(deployment, 'rebuild-proxy', rebuildExecutionName(fleetExecution, proxy)),
  );

/** The execution would also refuse to run, but only after this command had reported it as started. */
export const assertNothingRuns = async (deployment: Deployment): Promise<void> => {
  const rival = (await listRunning(deployment, 'rebuild-fleet')).find((each) => !isDryRun(each));
  if (rival === undefined) return;
  const { state } = await fleetPositionOf(deployment, rival.arn);
  const since = rival.startedAt.toISOString();
  const what =
    state !== null && waitsForWindow(state)
      ? `${rival.name} has been waiting for its maintenance window since ${since} and has changed nothing; ` +
        `it is safe to run "cancel ${rival.name}"`
      : `${rival.name} has been rebuilding ${deployment.fleet.fleet} since ${since}`;
  throw new NamedFailure('FleetRebuildInProgress', what);
};

/** Reports the progress of a fleet execution until it ends. */
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
