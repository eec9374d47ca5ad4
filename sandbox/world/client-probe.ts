import { answersFor } from '../machines/gateway.ts';
import { isComplete } from './content.ts';
import type { SimulatedWorld } from './world.ts';

/** What a host would meet at one moment through the name that clients use. */
export type ClientView = 'served' | 'incomplete' | 'down';

export interface ClientSpan {
  readonly fromSeconds: number;
  toSeconds: number;
  readonly view: ClientView;
}

const worse: Readonly<Record<ClientView, number>> = { served: 0, incomplete: 1, down: 2 };

/** Asks after every event what a host would meet through the name that clients use. */
export class ClientProbe {
  /** What clients meet, on a path that somebody may have closed. */
  readonly spans = new Map<string, ClientSpan[]>();
  readonly #seen = new Map<string, ClientView>();
  readonly #world: SimulatedWorld;

  constructor(world: SimulatedWorld) {
    this.#world = world;
  }

  look(atSeconds: number): void {
    for (const { name } of this.#world.fleet.proxies) {
      const view = this.viewNow(name);
      this.#seen.set(name, view);
      const isClosed = this.#world.paths.isClosed('clients-to-proxy', name);
      this.#extend(name, atSeconds, isClosed ? 'down' : view);
    }
  }

  /** The worst of what a new connection could meet at the last look, if it got there: a closed path is left out. */
  view(proxy: string): ClientView {
    return this.#seen.get(proxy) ?? this.viewNow(proxy);
  }

  /** The worst of what a new connection could meet at this very moment. */
  viewNow(proxy: string): ClientView {
    if (!this.#world.paths.of(proxy).isOpenToClients) return 'down';
    const reachable = this.#world.aws.balancers.reachable(proxy);
    const content = this.#world.content.get(proxy) ?? {};
    const views = reachable.map((machine): ClientView => {
      if (!machine.alive || machine.phase !== 'provisioned' || !machine.answersHealthChecks)
        return 'down';
      const hasAll = isComplete(machine, content) && answersFor(machine.gateway, content);
      return hasAll ? 'served' : 'incomplete';
    });
    return views.reduce(
      (worst, view) => (worse[view] > worse[worst] ? view : worst),
      views[0] ?? 'down',
    );
  }

  #extend(proxy: string, atSeconds: number, view: ClientView): void {
    const spans = this.spans.get(proxy) ?? [];
    const last = spans.at(-1);
    if (last !== undefined) last.toSeconds = atSeconds;
    if (last?.view !== view) spans.push({ fromSeconds: atSeconds, toSeconds: atSeconds, view });
    this.spans.set(proxy, spans);
  }
}
