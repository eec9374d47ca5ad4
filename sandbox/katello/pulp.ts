import { type DownloadPolicy, filesAfterSync } from '../machines/files.ts';
import type { Machine } from '../machines/machines.ts';
import type { Names } from '../machines/names.ts';
import { tcpRefusal } from './tcp-refusal.ts';

type Counts = Readonly<Record<string, number>>;

/**
 * The Pulps of all machines, as Katello reaches them: by name, on whichever machine answers. Each knows only what was
 * made on it, whatever Katello believes. Repositories have the names that Katello gives them, the same on every
 * machine: https://github.com/Katello/katello, app/services/katello/pulp3/repository_mirror.rb, backend_object_name.
 */
export class Pulps {
  readonly #names: Names;
  readonly #katelloHost: string;

  constructor(names: Names, katelloHost: string) {
    this.#names = names;
    this.#katelloHost = katelloHost;
  }

  /** The machine whose Pulp answers a request to this name that is sent now. */
  answering(hostName: string): Machine | null {
    const machine = this.#names.connect(hostName, 'katello', 443);
    return machine?.alive === true && machine.phase === 'provisioned' ? machine : null;
  }

  /** Why nothing answers there, as Ruby's Net::HTTP says it. */
  refusal(hostName: string): string {
    return tcpRefusal(this.#names, hostName, 443);
  }

  /**
   * Why Pulp on a machine cannot download from Katello, as aiohttp says it
   * (https://github.com/aio-libs/aiohttp/blob/master/aiohttp/client.py); `null` where it can.
   */
  downloadProblem(machine: Machine): string | null {
    if (this.#names.barrier(this.#katelloHost, machine, 443) === null) return null;
    return `Connection timeout to host https://${this.#katelloHost}/pulp/content/`;
  }

  /** Also gives the remote of a repository that is there the download policy that it has by now. */
  create(machine: Machine, path: string, policy: DownloadPolicy): void {
    const { present = 0 } = machine.files[path] ?? {};
    machine.files = { ...machine.files, [path]: { policy, present } };
    if (!this.has(machine, path)) machine.store = { ...machine.store, [path]: {} };
  }

  has(machine: Machine, path: string): boolean {
    return Object.hasOwn(machine.store, path);
  }

  /**
   * The end of a repository's sync: from now on clients of this machine get it. Files that are not on the disk are in
   * Pulp's database all the same; a sync that leaves some out removes none that are there.
   */
  fill(machine: Machine, path: string, counts: Counts, shareOnDisk = 1): void {
    const before = machine.files[path] ?? ({ policy: 'on_demand', present: 0 } as const);
    const { policy, present } = filesAfterSync(before, counts);
    const arrived = Math.max(Math.floor(present * shareOnDisk), before.present);
    const after = { policy, present: Math.min(present, arrived) };
    machine.store = { ...machine.store, [path]: counts };
    machine.files = { ...machine.files, [path]: after };
  }

  counts(machine: Machine, path: string): Counts {
    return machine.store[path] ?? {};
  }
}
