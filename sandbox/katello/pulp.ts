import type { Machine } from '../machines/machines.ts';
import type { Names } from '../machines/names.ts';
import type { Capsule, View } from './capsule.ts';
import { addCounts, type Repository } from './repositories.ts';
import { tcpRefusal } from './tcp-refusal.ts';

type Counts = Readonly<Record<string, number>>;

/** The Pulps of all machines. Each knows only what was made on it, whatever Katello believes. */
export class Pulps {
  readonly #names: Names;
  readonly #katelloHost: string;
  /** By machine and repository id: `null` is created and empty. */
  readonly #stores = new Map<string, Map<number, Counts | null>>();

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

  create(machine: Machine, capsule: Capsule, repository: Repository): void {
    const store = this.#storeOf(machine, capsule);
    if (!store.has(repository.id)) store.set(repository.id, null);
  }

  /** Takes down what was on a machine before the run, which a publication would blur. */
  remember(machine: Machine, capsule: Capsule): void {
    this.#storeOf(machine, capsule);
  }

  has(machine: Machine, capsule: Capsule, repository: Repository): boolean {
    return this.#storeOf(machine, capsule).has(repository.id);
  }

  /** The end of a repository's sync: from now on clients of this machine get it. */
  fill(machine: Machine, capsule: Capsule, repository: Repository, counts: Counts): void {
    const store = this.#storeOf(machine, capsule);
    store.set(repository.id, counts);
    const view = capsule.views.find(({ repositories }) =>
      repositories.some(({ id }) => id === repository.id),
    );
    if (view !== undefined) machine.store = { ...machine.store, [view.key]: served(store, view) };
  }

  counts(machine: Machine, capsule: Capsule, repository: Repository): Counts {
    return this.#storeOf(machine, capsule).get(repository.id) ?? {};
  }

  #storeOf(machine: Machine, capsule: Capsule): Map<number, Counts | null> {
    const known = this.#stores.get(machine.id);
    if (known !== undefined) return known;
    const store = new Map<number, Counts | null>();
    for (const view of capsule.views) adopt(store, machine, view);
    this.#stores.set(machine.id, store);
    return store;
  }
}

const served = (store: ReadonlyMap<number, Counts | null>, view: View): Counts =>
  view.repositories.reduce<Counts>((sum, { id }) => addCounts(sum, store.get(id) ?? {}), {});

/** A machine that was filled before the run has the repositories that its store has room for. */
const adopt = (store: Map<number, Counts | null>, machine: Machine, view: View): void => {
  const left = new Map(Object.entries(machine.store[view.key] ?? {}));
  for (const { id, counts } of view.repositories) {
    const units = Object.entries(counts);
    if (!units.every(([unit, count]) => (left.get(unit) ?? 0) >= count)) continue;
    for (const [unit, count] of units) left.set(unit, (left.get(unit) ?? 0) - count);
    if (left.size > 0) store.set(id, counts);
  }
};
