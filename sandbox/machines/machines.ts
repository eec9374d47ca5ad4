import type { ContentCounts } from '../../functions/domain/content-counts.ts';
import type { Faults } from '../faults/fault.ts';
import type { Kernel, Timer } from '../kernel/kernel.ts';
import type { Paths } from '../network/paths.ts';
import { archiveCoversClients, archiveExpiresAt, freshExpiresAt } from './certificates.ts';
import type { FilesOnDisk } from './files.ts';
import { emptyGateway, type GatewayList, katellosList, replaceList } from './gateway.ts';

/** Virtual durations of a proxy's first boot, before jitter. */
export interface BootDurations {
  readonly bootSeconds: number;
  readonly installSeconds: number;
}

/** What an instance is, beyond what EC2 knows: its first boot, its services, its Pulp store. */
export interface Machine {
  readonly id: string;
  readonly proxy: string;
  readonly imageId: string;
  readonly privateIp: string;
  phase: 'booting' | 'installing' | 'provisioned' | 'failed';
  /** The step at which its first boot has failed, if it has. */
  failedAt: 'certs' | 'installer' | null;
  alive: boolean;
  /** Of the certificates that it has fetched, when the first one expires; `null` until then. */
  certificateExpiresAt: number | null;
  /** Whether they cover the name that clients use; `null` until then. */
  certificateCoversClients: boolean | null;
  /** What Pulp on this machine has and serves, by repository and type; `{}` is created and not synced yet. */
  store: ContentCounts;
  /** What of it is on the disk, and when Pulp fetches the rest. */
  files: FilesOnDisk;
  /** The repositories that its container gateway knows. */
  gateway: GatewayList;
  /** Whether it answers the NLB's health checks. */
  answersHealthChecks: boolean;
  /** No sync to it comes to its end. */
  readonly isDiskFull: boolean;
}

/** How many times as long a slow boot takes. */
const slowFactor = 4;

/** All machines of the world, by instance id. Dead ones stay, for the report. */
export class Machines {
  readonly #machines = new Map<string, Machine>();
  readonly #timers = new Map<string, Timer>();
  readonly #kernel: Kernel;
  readonly #faults: Faults;
  readonly #durations: (proxy: string) => BootDurations;
  readonly #paths: Paths;

  constructor(
    kernel: Kernel,
    faults: Faults,
    durations: (proxy: string) => BootDurations,
    paths: Paths,
  ) {
    this.#kernel = kernel;
    this.#faults = faults;
    this.#durations = durations;
    this.#paths = paths;
  }

  get(id: string): Machine | undefined {
    return this.#machines.get(id);
  }

  all(): readonly Machine[] {
    return [...this.#machines.values()];
  }

  living(): readonly Machine[] {
    return this.all().filter(({ alive }) => alive);
  }

  byIp(privateIp: string): Machine | undefined {
    return this.living().find((machine) => machine.privateIp === privateIp);
  }

  /** A machine that has served since before the run: provisioned and filled. */
  addServing(
    id: string,
    proxy: string,
    imageId: string,
    privateIp: string,
    { store, files }: Pick<Machine, 'store' | 'files'>,
  ): void {
    this.#machines.set(id, {
      id,
      proxy,
      imageId,
      privateIp,
      store,
      files,
      gateway: replaceList(emptyGateway, katellosList(store)),
      phase: 'provisioned',
      failedAt: null,
      alive: true,
      certificateExpiresAt: freshExpiresAt(this.#kernel.startedAt),
      certificateCoversClients: true,
      answersHealthChecks: true,
      isDiskFull: false,
    });
  }

  /** Power on: boots, runs the installer, and is then provisioned and empty. */
  start(id: string, proxy: string, imageId: string, privateIp: string): void {
    const machine: Machine = {
      id,
      proxy,
      imageId,
      privateIp,
      phase: 'booting',
      failedAt: null,
      alive: true,
      certificateExpiresAt: null,
      certificateCoversClients: null,
      store: {},
      files: {},
      gateway: emptyGateway,
      answersHealthChecks: !this.#faults.strikes('never-healthy', { proxy }),
      isDiskFull: this.#faults.strikes('disk-full', { proxy }),
    };
    this.#machines.set(id, machine);
    const { bootSeconds, installSeconds } = this.#durations(proxy);
    const hangs = this.#faults.strikes('boot-hangs', { proxy });
    const slowness = this.#faults.strikes('slow-boot', { proxy }) ? slowFactor : 1;
    this.#next(machine, this.#jitter(bootSeconds) * slowness, () => {
      if (!this.#paths.canBoot(proxy)) return;
      machine.phase = 'installing';
      this.#kernel.emit('installing', proxy, `${id} booted; installer running`);
      if (hangs || !this.#fetchCertificates(machine)) return;
      this.#next(machine, this.#jitter(installSeconds) * slowness, () => this.#install(machine));
    });
  }

  /** Power off, for whatever reason. */
  stop(id: string): void {
    const machine = this.#machines.get(id);
    if (machine === undefined) return;
    machine.alive = false;
    this.#timers.get(id)?.cancel();
  }

  /** As ansible/roles/certs does before the installer runs; returns whether the boot continues. */
  #fetchCertificates(machine: Machine): boolean {
    machine.certificateCoversClients = archiveCoversClients(this.#faults, machine.proxy);
    if (!machine.certificateCoversClients) {
      this.#fail(machine, 'certs', 'its certificate lacks a name');
      return false;
    }
    const expiresAt = archiveExpiresAt(this.#faults, machine.proxy, this.#kernel.startedAt);
    machine.certificateExpiresAt = expiresAt;
    const isValid = expiresAt > this.#kernel.now();
    if (!isValid) this.#fail(machine, 'certs', 'its certificates have expired');
    return isValid;
  }

  #install(machine: Machine): void {
    if (this.#faults.strikes('install-fails', { proxy: machine.proxy })) {
      this.#fail(machine, 'installer', 'installer failed');
      return;
    }
    machine.phase = 'provisioned';
    this.#kernel.emit('provisioned', machine.proxy, `${machine.id} provisioned; no content yet`);
  }

  #fail(machine: Machine, step: Machine['failedAt'], text: string): void {
    machine.phase = 'failed';
    machine.failedAt = step;
    this.#kernel.emit('failed', machine.proxy, `${machine.id} ${text}`);
  }

  #next(machine: Machine, seconds: number, action: () => void): void {
    this.#timers.set(machine.id, this.#kernel.after(seconds, action));
  }

  #jitter(seconds: number): number {
    return seconds * this.#kernel.random.between(0.92, 1.08);
  }
}
