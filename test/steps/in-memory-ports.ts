import { NamedFailure } from '../../functions/domain/failures.ts';
import type { BootReport } from '../../functions/ports/boot.ts';
import type { GroupPort } from '../../functions/ports/group.ts';
import type { ImagePort } from '../../functions/ports/images.ts';
import type { LaunchTemplatePort } from '../../functions/ports/launch-templates.ts';
import type { LedgerPort } from '../../functions/ports/ledger.ts';
import type { Ports } from '../../functions/ports/ports.ts';
import type { Step } from '../../functions/steps/step.ts';
import type { World } from './world.ts';

const groupsOf = (world: World): GroupPort => ({
  read: async () => structuredClone(world.group),
  change: async (_group, { sizes, launchTemplateVersion }) => {
    if (sizes !== undefined) world.group.sizes = sizes;
    if (launchTemplateVersion !== undefined)
      world.group.launchTemplate = { id: 'lt-1', version: launchTemplateVersion };
    world.wrote();
  },
  failedLaunches: async (_name, since) =>
    world.failedLaunches.filter(({ at }) => at >= since).map(({ message }) => message),
  suspend: async (_name, processes) => {
    world.group.suspendedProcesses = [...world.group.suspendedProcesses, ...processes];
    world.wrote();
  },
  resume: async (_name, processes) => {
    world.group.suspendedProcesses = world.group.suspendedProcesses.filter(
      (process) => !processes.includes(process),
    );
    world.wrote();
  },
  protect: async (_name, id, isProtected) => {
    world.instance(id).protectedFromScaleIn = isProtected;
    world.wrote();
  },
  enterStandby: async (_name, id) => {
    world.instance(id).lifecycleState = 'EnteringStandby';
    world.resize(world.group.sizes.desired - 1);
    world.wrote();
  },
  exitStandby: async (_name, id) => {
    world.instance(id).lifecycleState = 'Pending';
    world.resize(world.group.sizes.desired + 1);
    world.wrote();
  },
  admit: async (_name, id) => {
    const instance = world.instance(id);
    if (instance.lifecycleState === 'Pending:Wait') instance.lifecycleState = 'Pending:Proceed';
    world.wrote();
  },
  heartbeat: async (_name, id) => {
    world.heartbeats.push(id);
  },
  terminate: async (id, { decrement }) => {
    world.instance(id).lifecycleState = 'Terminating';
    if (decrement) world.resize(world.group.sizes.desired - 1);
    world.wrote();
  },
});

const launchTemplatesOf = (world: World): LaunchTemplatePort => ({
  ensureCandidate: async (_id, { imageId, description }) => {
    const versions = [...world.templateVersions.values()];
    const known = versions.find((version) => version.description === description);
    if (known !== undefined) return known;
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
    for (const version of versions) world.templateVersions.delete(version);
    world.wrote();
  },
});

const ledgerOf = (world: World): LedgerPort => ({
  read: async (proxy) => world.record(proxy),
  update: async (proxy, change) => {
    const changed = change(world.record(proxy));
    world.records.set(proxy, changed);
    world.wrote();
    return changed;
  },
  lockHolder: async () => world.lock,
  claim: async (key, owner) => {
    const claim = world.claims.get(key) ?? { owner, isFulfilled: false };
    world.claims.set(key, claim);
    return claim.owner === owner && !claim.isFulfilled;
  },
  fulfil: async (key, owner) => {
    world.claims.set(key, { owner, isFulfilled: true });
  },
});

const imagesOf = (world: World): ImagePort => ({
  read: async (id) => world.images.find((image) => image.id === id) ?? null,
  list: async () => [...world.images],
  setState: async ({ id }, state) => {
    for (const image of world.images) if (image.id === id) image.state = state;
    world.wrote();
  },
  referenced: async (ids) => new Set(ids.filter((id) => world.imagesInUse.has(id))),
  remove: async ({ id }) => {
    world.images = world.images.filter((image) => image.id !== id);
    world.wrote();
  },
});

const unreachable: BootReport = { status: 'unreachable' };

/** Every port over one world: instant, and without a word of AWS but the ports' own. */
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
        const state = world.listeners(id)[index] ?? 'absent';
        return { targetGroupArn, state, port: Number(targetGroupArn.split(':')[1]), reason: null };
      }),
  },
  boot: { read: async (id) => world.boots.get(id) ?? unreachable },
  clock: { now: () => world.now },
  content: world.katello,
  dns: {
    readAddress: async (_zone, name) => world.addresses.get(name) ?? null,
    writeAddress: async (_zone, name, address) => {
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
    running: async () => world.executions,
  },
  fleet: { read: async () => world.fleet },
  groups: groupsOf(world),
  imageParameters: {
    read: async (name) => world.imageParameters.get(name) ?? null,
    write: async (name, id) => {
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
      world.markers.get(name) ?? Array.from({ length: connections }, () => null),
  },
});

/** Runs a step as its function does: on what it reads of the execution's record. */
export const perform = (world: World, step: Step, run: object): Promise<unknown> =>
  step.run(portsOf(world), step.input.parse(run));
