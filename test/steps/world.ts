import type { Fleet } from '../../functions/domain/fleet.ts';
import type { Group, GroupInstance, LifecycleState } from '../../functions/domain/group.ts';
import type { ContentKind, KnownContent } from '../../functions/domain/known-content.ts';
import type { Message } from '../../functions/domain/message.ts';
import { emptyRecord, type ProxyRecord } from '../../functions/domain/record.ts';
import type { TargetHealth } from '../../functions/domain/target-health.ts';
import type { BootReport } from '../../functions/ports/boot.ts';
import type { ReportAnswer } from '../../functions/ports/content-reports.ts';
import type { Execution } from '../../functions/ports/executions.ts';
import type { Image } from '../../functions/ports/images.ts';
import type { Instance } from '../../functions/ports/instances.ts';
import type { TemplateVersion } from '../../functions/ports/launch-templates.ts';
import type { LockHolder } from '../../functions/ports/ledger.ts';
import type { MarkerAnswer } from '../../functions/ports/marker.ts';
import { aFleet } from '../domain/a-fleet.ts';
import { Katello } from './katello.ts';

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
type Health = TargetHealth['state'];

interface Claim {
  readonly owner: string;
  readonly isFulfilled: boolean;
  readonly expiresAt: number;
}

/** Until the launch hook lets an instance into service by itself. */
const hookMs = 3_600_000;

/** A step that is killed right after an effect, before it can answer. */
export class Died extends Error {}

/** One group, its machines and what surrounds them, as plain state that a test sets and reads. */
export class World {
  fleet: Fleet = aFleet();
  now = new Date('2026-11-02T12:00:00.000Z');
  readonly group: Omit<Writable<Group>, 'instances'> & { instances: Writable<GroupInstance>[] } = {
    name: 'smart-proxy-europe--berlin',
    sizes: { min: 1, max: 2, desired: 1 },
    launchTemplate: { id: 'lt-1', version: '1' },
    instances: [],
    suspendedProcesses: [],
    targetGroupArns: ['arn:443', 'arn:9090'],
  };
  readonly machines = new Map<string, Writable<Instance>>();
  /** The health of an instance on a listener, where its lifecycle state does not imply it. */
  readonly health = new Map<string, readonly Health[]>();
  readonly boots = new Map<string, BootReport>();
  /** Lines of `rpm -qa`, by image. */
  readonly packageLists = new Map<string, readonly string[]>();
  readonly heartbeats: string[] = [];
  readonly failedLaunches: { readonly at: Date; readonly message: string }[] = [];
  readonly templateVersions = new Map<string, TemplateVersion & { readonly imageId: string }>();
  readonly knownContent = new Map<ContentKind, KnownContent>();
  /** What comes of the report of an instance; without it, it is still running. */
  readonly reports = new Map<string, ReportAnswer>();
  /** Instances that were asked for a report, in order. */
  readonly reportsAsked: string[] = [];
  /** Names that need no login, by each command that completed a container gateway. */
  readonly gatewaysTold: (readonly string[])[] = [];
  /** Instances that Systems Manager cannot reach. */
  readonly unreachable = new Set<string>();
  readonly records = new Map<string, ProxyRecord>();
  lock: LockHolder | null = null;
  readonly claims = new Map<string, Claim>();
  executions: Execution[] = [];
  /** Inputs of executions, running or not, by ARN. */
  readonly inputs = new Map<string, string>();
  readonly addresses = new Map<string, string>();
  readonly changes = new Map<string, boolean>();
  readonly markers = new Map<string, readonly (string | null | MarkerAnswer)[]>();
  images: Writable<Image>[] = [];
  readonly imagesInUse = new Set<string>();
  readonly snapshots = new Set<string>();
  /** Images that a policy keeps from being removed. */
  readonly irremovable = new Set<string>();
  readonly imageParameters = new Map<string, string>();
  readonly posted: Message[] = [];
  slackIsDown = false;
  readonly katello = new Katello(this);
  /** Instants at which an effect left nothing in service and healthy. */
  readonly outages: Date[] = [];
  readonly #hookEnds = new Map<string, number>();
  #writes = 0;
  #diesAfter = Number.POSITIVE_INFINITY;

  /** Every effect passes here, once it is done. */
  wrote(): void {
    this.#writes += 1;
    if (!this.group.instances.some(({ id }) => this.isServing(id))) this.outages.push(this.now);
    if (this.#writes === this.#diesAfter) throw new Died(`died after effect ${this.#writes}`);
  }

  get writes(): number {
    return this.#writes;
  }

  dieAfter(writes: number): void {
    this.#diesAfter = this.#writes + writes;
  }

  record(proxy = 'berlin'): ProxyRecord {
    return this.records.get(proxy) ?? emptyRecord;
  }

  add(id: string, lifecycleState: LifecycleState, changes: Partial<Instance> = {}): void {
    const number = this.machines.size + 1;
    this.machines.set(id, {
      id,
      state: 'running',
      stateReason: null,
      imageId: 'ami-1',
      privateIp: `10.0.0.${number}`,
      launchedAt: this.now,
      tags: {},
      ...changes,
    });
    this.group.instances.push({
      id,
      lifecycleState,
      healthy: true,
      launchTemplate: this.group.launchTemplate,
      protectedFromScaleIn: false,
    });
    this.keepHookOpen(id);
  }

  instance(id: string): Writable<GroupInstance> {
    const found = this.group.instances.find((instance) => instance.id === id);
    if (found === undefined) throw new Error(`no ${id} in the group`);
    return found;
  }

  keepHookOpen(id: string): void {
    this.#hookEnds.set(id, this.now.getTime() + hookMs);
  }

  remove(id: string): void {
    this.group.instances = this.group.instances.filter((instance) => instance.id !== id);
    this.machines.delete(id);
  }

  listeners(id: string): readonly Health[] {
    const found = this.group.instances.find((instance) => instance.id === id);
    const implied = found?.lifecycleState === 'InService' ? 'healthy' : 'absent';
    return this.health.get(id) ?? this.group.targetGroupArns.map(() => implied);
  }

  isServing(id: string): boolean {
    const found = this.group.instances.find((instance) => instance.id === id);
    return (
      found?.lifecycleState === 'InService' &&
      found.healthy &&
      this.listeners(id).every((state) => state === 'healthy')
    );
  }

  resize(desired: number): void {
    this.group.sizes = { ...this.group.sizes, desired };
  }

  /** Time passes, and Auto Scaling does what it was asked for. */
  pass(seconds: number): void {
    this.now = new Date(this.now.getTime() + seconds * 1000);
    const next: Partial<Record<LifecycleState, LifecycleState>> = {
      Pending: 'InService',
      'Pending:Proceed': 'InService',
      EnteringStandby: 'Standby',
      Terminating: 'Terminated',
    };
    for (const instance of this.group.instances) {
      const { id, lifecycleState } = instance;
      const isHookOver = this.now.getTime() >= (this.#hookEnds.get(id) ?? 0);
      instance.lifecycleState =
        lifecycleState === 'Pending:Wait' && isHookOver
          ? 'InService'
          : (next[lifecycleState] ?? lifecycleState);
    }
    for (const { id, lifecycleState } of [...this.group.instances])
      if (lifecycleState === 'Terminated') this.remove(id);
    const counted = this.group.instances.filter(
      ({ lifecycleState }) => lifecycleState !== 'Standby',
    );
    if (counted.length < this.group.sizes.desired) this.add('i-new', 'Pending:Wait');
  }
}
