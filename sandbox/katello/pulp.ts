import type { DownloadPolicy, Machine } from '../machines/machines.ts';
import type { Names } from '../machines/names.ts';
import { unitsOf } from './repositories.ts';
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

  /** Every remote that Katello makes on a proxy has the proxy's download policy. */
  create(machine: Machine, path: string, policy: DownloadPolicy): void {
    machine.downloadPolicy = policy;
    if (!this.has(machine, path)) machine.store = { ...machine.store, [path]: {} };
  }

  has(machine: Machine, path: string): boolean {
    return Object.hasOwn(machine.store, path);
  }

  /** The end of a repository's sync: from now on clients of this machine get it. Returns whether it holds less now. */
  fill(machine: Machine, path: string, counts: Counts): { readonly hasLost: boolean } {
    const had = unitsOf(this.counts(machine, path));
    machine.store = { ...machine.store, [path]: counts };
    return { hasLost: unitsOf(counts) < had };
  }

  counts(machine: Machine, path: string): Counts {
    return machine.store[path] ?? {};
  }
}
