import type { RunningFunction } from '../kernel/running-function.ts';
import type { Machine } from '../machines/machines.ts';
import type { Names } from '../machines/names.ts';
import type { Barrier } from '../network/paths.ts';
import { json, type Outcome, type SimulatedRequest, text } from './http.ts';
import type { SimulatedKatello } from './simulated-katello.ts';

export interface EdgeOptions {
  /**
   * Takes `skip_metadata_check` out of every sync that is asked for, as a controller that does not know
   * Katello's sync history would: to show what then happens.
   */
  readonly naiveSync?: boolean;
  /** The function that asks, which may be no more. */
  readonly running?: RunningFunction;
}

/**
 * Which certificate a client is shown: one that it should trust, one of a CA that it does not know, or one for
 * another host. */
export type ShownCertificate = 'trusted' | 'untrusted' | 'for-another-name';

/** Answers requests to host names, as far as a dispatcher or a server needs it. */
export interface Exchange {
  /** What keeps a connection to a name and port from being made. */
  readonly barrier: (host: string, port: number) => Barrier | null;
  exchange(host: string, request: SimulatedRequest): Outcome;
  /** Looked at before a request is sent; without it, every certificate is trusted. */
  certificateOf?(host: string): ShownCertificate;
}

/** What answers under every host name of the world: Katello, or the machine that a proxy's name leads to now. */
export class Edge implements Exchange {
  readonly #katello: SimulatedKatello;
  readonly #names: Names;
  readonly #isNaive: boolean;
  readonly #running: RunningFunction | undefined;

  constructor(katello: SimulatedKatello, { naiveSync = false, running }: EdgeOptions = {}) {
    this.#katello = katello;
    this.#names = katello.options.names;
    this.#isNaive = naiveSync;
    this.#running = running;
  }

  readonly barrier = (host: string, port: number): Barrier | null =>
    this.#names.barrier(host, 'functions', port);

  exchange(host: string, request: SimulatedRequest): Outcome {
    if (this.#running?.isTimedOut === true) return 'refused';
    if (!this.#isKatello(host)) return this.#askMachine(host, request);
    return this.#katello.exchange(this.#isNaive ? withoutSkip(request) : request);
  }

  certificateOf(host: string): ShownCertificate {
    const { faults, fqdn } = this.#katello.options;
    const proxy = this.#katello.proxyCalled(host);
    const isUntrusted = this.#isKatello(host)
      ? faults.holds('katello-certificate-untrusted')
      : faults.holds('proxy-certificate-untrusted', { proxy });
    if (isUntrusted) return 'untrusted';
    return host === fqdn && faults.holds('katello-name-differs') ? 'for-another-name' : 'trusted';
  }

  #isKatello(host: string): boolean {
    const { host: address, fqdn } = this.#katello.options;
    return host === address || host === fqdn;
  }

  #askMachine(host: string, request: SimulatedRequest): Outcome {
    const machine = this.#names.connect(host, 'functions', 443);
    if (machine?.alive !== true || machine.phase !== 'provisioned') return 'refused';
    if (request.path === '/pub/instance-id') return text(200, `${machine.id}\n`);
    if (request.path === '/pulp/api/v3/status/') return json(200, pulpStatus(machine));
    return text(404, 'Not Found');
  }
}

const withoutSkip = (request: SimulatedRequest): SimulatedRequest => {
  if (!request.path.endsWith('/content/sync') || request.method !== 'POST') return request;
  return { ...request, body: '{}' };
};

const pulpStatus = (machine: Machine) => ({
  versions: [{ component: 'core', version: '3.105.0', package: 'pulpcore' }],
  online_workers: [{ name: `1001@${machine.id}` }, { name: `1002@${machine.id}` }],
  online_content_apps: [{ name: `1003@${machine.id}` }],
  database_connection: { connected: true },
  redis_connection: { connected: true },
});
