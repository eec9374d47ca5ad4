import { assertBudget, attemptsWith } from '../domain/budget.ts';
import { assertInTime } from '../domain/deadlines.ts';
import { NamedFailure } from '../domain/failures.ts';
import { layoutOf, type SmartProxy } from '../domain/fleet.ts';
import { processesToSuspend } from '../domain/group.ts';
import { castOf } from '../domain/inspection.ts';
import { isLeaving } from '../domain/keeper.ts';
import { median } from '../domain/pacing.ts';
import type { ProxyRecord, RestorePoint } from '../domain/record.ts';
import { resourceNames } from '../domain/resource-names.ts';
import { type Run, runSchema } from '../domain/run.ts';
import { checkKatello } from '../operations/preflight.ts';
import { readScene, type Scene, servesEverywhere } from '../operations/scene.ts';
import type { Ports } from '../ports/ports.ts';
import { step } from './step.ts';

const input = runSchema.pick({ execution: true, request: true, phases: true });
type Input = Pick<Run, 'execution' | 'request' | 'phases'>;

/** Foreign syncs are common after a publish and end by themselves. */
const foreignSyncWaitSeconds = 120;

const readIncumbent = async (
  ports: Ports,
  scene: Scene,
  id: string,
  isProtected: boolean,
): Promise<NonNullable<RestorePoint['incumbent']>> => {
  const [instance] = await ports.instances.read([id]);
  const serves = await servesEverywhere(
    ports,
    scene.group,
    scene.group.instances.find((found) => found.id === id),
  );
  if (instance?.privateIp == null || !serves) {
    throw new NamedFailure(
      'IncumbentUnhealthy',
      `${id} is not healthy on every listener, so there is nothing to fall back on`,
    );
  }
  return { id, privateIp: instance.privateIp, protectedFromScaleIn: isProtected };
};

const assertControlName = async (
  ports: Ports,
  { fleet, proxy }: Scene,
  privateIp: string,
): Promise<void> => {
  if (proxy.controlName === undefined) return;
  const address = await ports.dns.readAddress(fleet.network.hostedZone.id, proxy.controlName);
  if (address === privateIp) return;
  throw new NamedFailure(
    'GroupNotSettled',
    `${proxy.controlName} points at ${address ?? 'nothing'}, not at the incumbent's ${privateIp}; start a restore`,
  );
};

const wantedImage = (
  ports: Ports,
  { fleet }: Scene,
  request: Run['request'],
): Promise<string | null> | string => {
  if (request.imageId !== null) return request.imageId;
  return ports.imageParameters.read(resourceNames.currentImageParameter(fleet.fleet));
};

const expectations = (record: ProxyRecord): Record<string, number> =>
  Object.fromEntries(
    Object.entries(record.durationsSeconds).flatMap(([phase, durations]) => {
      const expected = median(durations);
      return expected === null ? [] : [[phase, expected]];
    }),
  );

const restorePointOf = (
  { group }: Scene,
  { execution, request }: Input,
  found: Pick<RestorePoint, 'incumbent' | 'capsuleId' | 'takenAt'>,
): RestorePoint => ({
  ...found,
  owner: execution.id,
  reason: request.reason === 'restore' ? 'manual' : request.reason,
  sizes: { ...group.sizes, desired: 1 },
  launchTemplate: group.launchTemplate,
  suspends: processesToSuspend.filter((process) => !group.suspendedProcesses.includes(process)),
  baseline: null,
});

/** Everything that a look at the world finds out; throws what forbids the rebuild. */
const survey = async (ports: Ports, scene: Scene, request: Run['request'], proxy: SmartProxy) => {
  const { incumbent, adopt } = castOf(scene.group, request);
  const serving =
    incumbent === null
      ? null
      : await readIncumbent(ports, scene, incumbent.id, incumbent.protectedFromScaleIn);
  if (serving !== null && layoutOf(proxy) === 'two-names')
    await assertControlName(ports, scene, serving.privateIp);
  const imageId = request.reason === 'heal' ? null : await wantedImage(ports, scene, request);
  if (imageId === null && request.reason !== 'heal') {
    throw new NamedFailure(
      'ImageNotUsable',
      'no image was given and none is published; start the fleet to bake one',
    );
  }
  return { incumbent: serving, adopt, imageId, ...(await checkKatello(ports, proxy, imageId)) };
};

/**
 * Preflight and restore point: refuses what cannot end well, and writes down what has to be put back
 * before anything is changed. `leftovers` are those of an earlier execution that was cut off.
 */
export const inspectProxy = step(input, async (ports, run) => {
  const { execution, request } = run;
  const record = await ports.ledger.read(request.proxy);
  if (record.restorePoint !== null && record.restorePoint.owner !== execution.id)
    return { status: 'leftovers' };
  const now = ports.clock.now();
  const scene = await readScene(ports, request.proxy);
  if (isHealDone(scene, request, record)) return { status: 'nothing-to-do' };
  const attempts = attemptsWith(record, execution.id, now);
  assertBudget(attempts, scene.fleet.cycle.attemptsPerDay);
  const { foreignSyncs, ...found } = await survey(ports, scene, request, scene.proxy);
  if (foreignSyncs.length > 0 && request.reason !== 'heal') {
    assertInTime(
      run,
      'inspect',
      now,
      `Katello still runs a sync of its own: task ${foreignSyncs.join(', ')}`,
    );
    return { status: 'waiting', waitSeconds: foreignSyncWaitSeconds };
  }
  const { incumbent, capsuleId } = found;
  const restorePoint = restorePointOf(scene, run, {
    incumbent,
    capsuleId,
    takenAt: now.toISOString(),
  });
  await ports.ledger.update(request.proxy, (old) => ({
    ...old,
    attempts,
    restorePoint: old.restorePoint ?? restorePoint,
  }));
  return {
    status: 'ready',
    incumbent: incumbent && { id: incumbent.id, privateIp: incumbent.privateIp },
    adopt: found.adopt?.id ?? null,
    imageId: found.imageId,
    launchTemplate: restorePoint.launchTemplate,
    capsuleId,
    expectedSeconds: expectations(record),
  };
});

/** A launch event may come late or twice: the instance may be going, or have been taken over already. */
const isHealDone = ({ group }: Scene, request: Run['request'], record: ProxyRecord): boolean =>
  request.reason === 'heal' &&
  request.instanceId !== null &&
  (record.lastRebuild?.instanceId === request.instanceId ||
    !group.instances.some((found) => found.id === request.instanceId && !isLeaving(found)));
