import { NamedFailure } from '../../functions/domain/failures.ts';
import { fleetRunSchema } from '../../functions/domain/fleet-run.ts';
import { takesTime, waitsForWindow } from '../../statemachine/readers/progress.ts';
import { isDryRun } from './asked.ts';
import type { Choice } from './command.ts';
import { assertProxies, type Deployment } from './deployment.ts';
import type { DescribedExecution } from './executions.ts';
import { running } from './executions.ts';
import { rebuildOf, startFleet } from './fleet-execution.ts';
import { secondsBetween } from './moments.ts';
import { advised, type Outcome, referenceTo, type Tell } from './outcome.ts';
import { fleetPositionOf } from './position.ts';
import { ProxyWatcher } from './proxy-watcher.ts';
import { type RebuiltProxy, type StartDocument, startText } from './start-text.ts';
import { untilEnded } from './wait.ts';

const lookEverySeconds = 15;

/** The execution would refuse too, but only after this command has said that it was started. */
const assertNothingRuns = async (deployment: Deployment): Promise<void> => {
  const rival = (await running(deployment, 'rebuild-fleet')).find((each) => !isDryRun(each));
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
const follow = (deployment: Deployment, arn: string, tell: Tell): Promise<DescribedExecution> => {
  const watcher = new ProxyWatcher(deployment, tell);
  const ended = new Set<string>();
  let told: string | null = null;
  return untilEnded(deployment, arn, lookEverySeconds, async ({ name, status }) => {
    const { state, plan } = await fleetPositionOf(deployment, arn);
    if (
      state !== null &&
      state !== told &&
      takesTime('rebuild-fleet', state) &&
      status === 'RUNNING'
    )
      tell({ proxy: null, kind: 'state', text: state });
    told = state;
    for (const proxy of plan?.proxies ?? []) {
      const rebuild = ended.has(proxy) ? null : await rebuildOf(deployment, name, proxy);
      if (rebuild === null) continue;
      await watcher.look(proxy, rebuild);
      if (rebuild.status !== 'RUNNING') ended.add(proxy);
    }
  });
};

const proxyResult = async (
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
    seconds: secondsBetween(rebuild.startedAt, rebuild.endedAt ?? rebuild.startedAt),
    failure: advised(rebuild.failure),
    execution: referenceTo(rebuild),
  };
};

const imageOf = fleetRunSchema.pick({ image: true });

const outcomeOf = ({ status }: DescribedExecution, planned: string | undefined) => {
  if (status !== 'SUCCEEDED') return 'failed' as const;
  return planned === 'go' ? ('rebuilt' as const) : ('nothing-due' as const);
};

const resultOf = async (
  deployment: Deployment,
  ended: DescribedExecution,
): Promise<StartDocument> => {
  const { plan } = await fleetPositionOf(deployment, ended.arn);
  const outcome = outcomeOf(ended, plan?.status);
  const proxies: RebuiltProxy[] = [];
  for (const proxy of plan?.status === 'go' ? plan.proxies : [])
    proxies.push(await proxyResult(deployment, ended.name, proxy));
  return {
    fleet: deployment.fleet.fleet,
    execution: referenceTo(ended),
    outcome,
    seconds: secondsBetween(ended.startedAt, ended.endedAt ?? ended.startedAt),
    failure: advised(ended.failure),
    image: imageOf.safeParse(ended.output).data?.image.id ?? null,
    proxies,
  };
};

/** Starts a rebuild; with `wait` it is followed to its end. */
export const startRebuild = async (
  deployment: Deployment,
  { choice, wait }: { readonly choice: Choice; readonly wait: boolean },
  tell: Tell,
): Promise<Outcome> => {
  assertProxies(deployment, '--proxies', choice.proxies);
  await assertNothingRuns(deployment);
  const execution = await startFleet(deployment, choice, false);
  tell({ proxy: null, kind: 'started', text: `started ${execution.name}` });
  const document: StartDocument = wait
    ? await resultOf(deployment, await follow(deployment, execution.arn, tell))
    : {
        fleet: deployment.fleet.fleet,
        execution,
        outcome: 'started',
        seconds: null,
        failure: null,
        image: null,
        proxies: [],
      };
  return {
    document,
    text: (style) => startText(document, style),
    isDone: document.outcome !== 'failed',
  };
};
