import { expect } from '@jest/globals';
import { type Clock, install } from '@sinonjs/fake-timers';
import type { Dispatcher } from 'undici';
import {
  type KatelloContentOptions,
  katelloContent,
} from '../../../functions/adapters/katello/content.ts';
import { httpMarker } from '../../../functions/adapters/katello/marker.ts';
import type { ContentCounts } from '../../../functions/domain/content-counts.ts';
import type { ContentPort } from '../../../functions/ports/content.ts';
import type { MarkerPort } from '../../../functions/ports/marker.ts';
import type { Faults } from '../../../sandbox/faults/fault.ts';
import type { ScheduledFaultName } from '../../../sandbox/faults/kinds.ts';
import type { CapsuleDescription } from '../../../sandbox/katello/capsule.ts';
import { Edge } from '../../../sandbox/katello/edge.ts';
import { InProcessDispatcher } from '../../../sandbox/katello/in-process-dispatcher.ts';
import type { SimulatedKatelloOptions } from '../../../sandbox/katello/katello-state.ts';
import { byRepository } from '../../../sandbox/katello/repositories.ts';
import { SimulatedKatello } from '../../../sandbox/katello/simulated-katello.ts';
import { Kernel, type WorldEvent } from '../../../sandbox/kernel/kernel.ts';
import { emptyGateway } from '../../../sandbox/machines/gateway.ts';
import type { Machine } from '../../../sandbox/machines/machines.ts';
import type { Barrier } from '../../../sandbox/network/paths.ts';

export const host = 'katello.example.com';
export const controlName = 'proxy1.example.com';
export const serviceName = 'content1.example.com';
export const credentials = { login: 'svc-rebuild', token: 'pat-7f3a9c' };
export const syncSeconds = 3600;

/** What the proxy has to serve, by content view. */
export const views = {
  'Production/Base': { rpm: 1000, erratum: 101 },
  'Production/Tools': { rpm: 57, docker_manifest: 12 },
};

/** The same by repository. */
export const content = byRepository(views);

export const capsule: CapsuleDescription = {
  id: 2,
  name: controlName,
  url: `https://${serviceName}:9090`,
  proxy: 'proxy1',
  content: views,
  features: ['Pulpcore', 'Registration', 'Templates', 'Logs'],
};

/** Faults that a test switches on and off by hand. */
export class SwitchedFaults implements Faults {
  readonly on = new Set<ScheduledFaultName>();

  strikes(fault: ScheduledFaultName): boolean {
    return this.on.has(fault);
  }

  holds(fault: ScheduledFaultName): boolean {
    return this.on.has(fault);
  }
}

/** One Katello, an incumbent that is filled, a replacement that is empty, and names that the test moves. */
export class SmallWorld {
  readonly clock: Clock;
  readonly kernel: Kernel;
  readonly faults = new SwitchedFaults();
  readonly events: WorldEvent[] = [];
  readonly incumbent: Machine;
  readonly replacement: Machine;
  /** What a name leads to; a list is a balancer that takes one after the other. */
  readonly names = new Map<string, Machine[]>();
  /** What keeps connections from a name. */
  readonly barriers = new Map<string, Barrier>();
  readonly katello: SimulatedKatello;
  #connections = 0;

  constructor(options: Partial<SimulatedKatelloOptions> = {}) {
    this.clock = install({
      now: Date.UTC(2026, 7, 1, 9, 0, 0),
      toFake: ['setTimeout', 'clearTimeout', 'Date'],
    });
    this.kernel = new Kernel(7);
    this.kernel.observe((event) => this.events.push(event));
    this.incumbent = machine('i-0aaaaaaaaaaaaaaa1', content);
    this.replacement = machine('i-0bbbbbbbbbbbbbbb2', {});
    this.names.set(controlName, [this.replacement]);
    this.names.set(serviceName, [this.incumbent]);
    this.katello = new SimulatedKatello({
      kernel: this.kernel,
      faults: this.faults,
      names: {
        connect: (name) => this.#connect(name),
        barrier: (name) => this.barriers.get(name) ?? null,
      },
      host,
      version: '4.21.0',
      organization: 'Example',
      credentials,
      capsules: [capsule],
      syncSeconds: () => syncSeconds,
      ...options,
    });
  }

  /** Gives the real clock back. */
  close(): void {
    this.clock.uninstall();
  }

  /** Katello's counts by the paths of the repositories of the proxy. */
  byPath(counts: ContentCounts): ContentCounts {
    const capsuleOf = this.katello.capsule(capsule.id);
    return Object.fromEntries(
      Object.entries(counts).map(([id, units]) => [capsuleOf.pathOf(Number(id)), units]),
    );
  }

  async pass(seconds: number): Promise<void> {
    await this.clock.tickAsync(seconds * 1000);
  }

  #connect(name: string): Machine | null {
    const targets = (this.names.get(name) ?? []).filter(({ alive }) => alive);
    this.#connections += 1;
    return targets[this.#connections % targets.length] ?? null;
  }
}

const machine = (id: string, store: Machine['store']): Machine => ({
  id,
  proxy: 'proxy1',
  imageId: 'ami-0123456789abcdef0',
  privateIp: '10.0.0.1',
  phase: 'provisioned',
  failedAt: null,
  certificateExpiresAt: null,
  certificateCoversClients: null,
  alive: true,
  store,
  files: {},
  gateway: emptyGateway,
  answersHealthChecks: true,
  isDiskFull: false,
});

export const contentOver = (
  dispatcher: Dispatcher,
  options: Partial<KatelloContentOptions> = {},
): ContentPort =>
  katelloContent({
    url: `https://${host}`,
    fqdn: host,
    organization: 'Example',
    credentials: () => Promise.resolve(credentials),
    dispatcher: () => Promise.resolve(dispatcher),
    ...options,
  });

export const answeredBy = (...ids: readonly string[]) => ids.map((instanceId) => ({ instanceId }));

export const unanswered = (...reasons: readonly string[]) =>
  reasons.map((reason) => ({ instanceId: null, reason: expect.stringContaining(reason) }));

export const markerOver = (dispatcher: Dispatcher): MarkerPort =>
  httpMarker({ dispatcher: () => Promise.resolve(dispatcher) });

export const inProcess = (world: SmallWorld): ContentPort =>
  contentOver(new InProcessDispatcher(new Edge(world.katello)));
