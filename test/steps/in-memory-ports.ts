import { NamedFailure } from '../../functions/domain/failures.ts';
import type { BootReport } from '../../functions/ports/boot.ts';
import type { ContentReportPort } from '../../functions/ports/content-reports.ts';
import type { ImagePort } from '../../functions/ports/images.ts';
import type { LaunchTemplatePort } from '../../functions/ports/launch-templates.ts';
import type { LedgerPort } from '../../functions/ports/ledger.ts';
import type { MarkerAnswer } from '../../functions/ports/marker.ts';
import type { Ports } from '../../functions/ports/ports.ts';
import type { Step } from '../../functions/steps/step.ts';
import { groupsOf, refuse } from './in-memory-group.ts';
import type { World } from './world.ts';

const launchTemplatesOf = (world: World): LaunchTemplatePort => ({
  ensureCandidate: async (_id, { sourceVersion, imageId, description }) => {
    const versions = [...world.templateVersions.values()];
    const known = versions.find((version) => version.description === description);
    if (known !== undefined) return known;
    if (sourceVersion !== '1' && !world.templateVersions.has(sourceVersion))
      refuse('InvalidLaunchTemplateId.VersionNotFound');
    const made = { version: String(versions.length + 2), description, imageId };
    world.templateVersions.set(made.version, made);
    world.wrote();
    return made;
  },
  findCandidates: async (_id, prefix) =>
    [...world.templateVersions.values()].filter(({ description }) =>
      description.startsWith(prefix),
    ),
  deleteVersions: async (_id, versions) => {
    if (versions.includes('1')) refuse('the default stays: did not delete version 1');
    for (const version of versions) world.templateVersions.delete(version);
    world.wrote();
  },
});

const claimMs = 90 * 86_400_000;

const ledgerOf = (world: World): LedgerPort => ({
  read: async (proxy) => world.record(proxy),
  update: async (proxy, change) => {
    const read = await Promise.resolve(world.record(proxy));
    if (read !== world.record(proxy)) throw new NamedFailure('RecordChanged', proxy);
    const changed = change(read);
    world.records.set(proxy, changed);
    world.wrote();
    return changed;
  },
  readContent: async (proxy, kind) =>
    (proxy === 'berlin' ? world.knownContent.get(kind) : undefined) ?? null,
  writeContent: async (_proxy, kind, content) => {
    world.knownContent.set(kind, content);
    world.wrote();
  },
  lockHolder: async () => world.lock,
  claim: async (key, owner) => {
    const now = world.now.getTime();
    const known = world.claims.get(key);
    const claim =
      known === undefined || known.expiresAt < now
        ? { owner, isFulfilled: false, expiresAt: now + claimMs }
        : known;
    world.claims.set(key, claim);
    return claim.owner === owner && !claim.isFulfilled;
  },
  fulfil: async (key, owner) => {
    const expiresAt = world.now.getTime() + claimMs;
    world.claims.set(key, { owner, isFulfilled: true, expiresAt });
  },
});

/** Each command takes until the next look; a test says what comes of it. */
const reportsOf = (world: World): ContentReportPort => ({
  start: async (id, publicNames) => {
    const commandId = world.unreachable.has(id) ? null : `report-${world.reportsAsked.length + 1}`;
    if (commandId !== null) world.reportsAsked.push(id);
    if (publicNames !== null) world.gatewaysTold.push(publicNames);
    return commandId;
  },
  read: async (id) => world.reports.get(id) ?? { status: 'running' },
});

const imagesOf = (world: World): ImagePort => ({
  read: async (id) => world.images.find((image) => image.id === id) ?? null,
  list: async () => [...world.images],
  setState: async ({ id }, state) => {
    for (const image of world.images) if (image.id === id) image.state = state;
    world.wrote();
  },
  referenced: async (ids) => new Set(ids.filter((id) => world.imagesInUse.has(id))),
  remove: async ({ id, snapshotIds }) => {
    if (world.irremovable.has(id)) throw new NamedFailure('AwsForbids', `${id} may not be removed`);
    for (const snapshotId of snapshotIds) world.snapshots.delete(snapshotId);
    world.images = world.images.filter((image) => image.id !== id);
    world.wrote();
  },
  leftSnapshots: async (_fleet, images) => {
    const used = [...world.images, ...images].flatMap(({ snapshotIds }) => snapshotIds);
    return [...world.snapshots].filter((id) => !used.includes(id));
  },
  removeSnapshot: async (id) => {
    if (!world.images.some(({ snapshotIds }) => snapshotIds.includes(id)))
      world.snapshots.delete(id);
    world.wrote();
  },
});

const answerOf = (answer: string | null | MarkerAnswer): MarkerAnswer => {
  if (answer === null) return { instanceId: null, reason: 'it does not answer' };
  return typeof answer === 'string' ? { instanceId: answer } : answer;
};

const unreachable: BootReport = { status: 'unreachable' };

/**
 * Every port over one world: instant, and without a word of AWS but the ports' own. Those that do more than
 * hand out what a test has set keep the contracts of their ports.
 */
export const portsOf = (world: World): Ports => ({
  announcer: {
    post: async (message) => {
      if (world.slackIsDown) throw new NamedFailure('SlackUnavailable', 'Slack did not answer');
      world.posted.push(message);
    },
  },
  balancer: {
    targetHealth: async (arns, id) =>
      arns.map((targetGroupArn, index) => {
        if (!world.group.targetGroupArns.includes(targetGroupArn)) refuse('TargetGroupNotFound');
        const state = world.listeners(id)[index] ?? 'absent';
        return { targetGroupArn, state, port: Number(targetGroupArn.split(':')[1]), reason: null };
      }),
    registered: async () =>
      world.group.instances
        .map(({ id }) => id)
        .filter((id) => world.listeners(id).some((state) => state !== 'absent')),
  },
  boot: { read: async (id) => world.boots.get(id) ?? unreachable },
  clock: { now: () => world.now },
  content: world.katello,
  contentReports: reportsOf(world),
  dns: {
    readAddress: async (zone, name) =>
      zone === world.fleet.network.hostedZone.id
        ? (world.addresses.get(name) ?? null)
        : refuse('NoSuchHostedZone'),
    writeAddress: async (_zone, name, address) => {
      if (!name.endsWith(`.${world.fleet.network.hostedZone.name}`)) refuse('InvalidChangeBatch');
      const id = `change-${world.changes.size + 1}`;
      world.addresses.set(name, address);
      world.changes.set(id, false);
      world.wrote();
      return id;
    },
    isInSync: async (id) => world.changes.get(id) ?? false,
  },
  executions: {
    isRunning: async (arn) => world.executions.some((execution) => execution.arn === arn),
    inputOf: async (arn) => world.inputs.get(arn) ?? null,
    running: async () => world.executions,
  },
  fleet: { read: async () => world.fleet },
  groups: groupsOf(world),
  imageParameters: {
    read: async (name) => world.imageParameters.get(name) ?? null,
    write: async (name, id) => {
      if (!id.startsWith('ami-'))
        throw new NamedFailure('AwsUnavailable', `${name} does not hold ${id} yet`);
      world.imageParameters.set(name, id);
      world.wrote();
    },
  },
  images: imagesOf(world),
  instances: {
    read: async (ids) => ids.flatMap((id) => world.machines.get(id) ?? []),
    tag: async (id, tags) => {
      const machine = world.machines.get(id);
      if (machine !== undefined) machine.tags = { ...machine.tags, ...tags };
      world.wrote();
    },
  },
  launchTemplates: launchTemplatesOf(world),
  ledger: ledgerOf(world),
  packageLists: { read: async (imageId) => world.packageLists.get(imageId) ?? null },
  marker: {
    readMarkers: async (name, connections) =>
      (world.markers.get(name) ?? Array.from({ length: connections }, () => null)).map(answerOf),
  },
});

/** Runs a step as its function does: on what it reads of the execution's record. */
export const perform = (world: World, step: Step, run: object): Promise<unknown> =>
  step.run(portsOf(world), step.input.parse(run));
