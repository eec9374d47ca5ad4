import type { CapsuleDescription } from '../katello/capsule.ts';
import { byRepository, filesByRepository } from '../katello/repositories.ts';
import type { SimulatedKatello } from '../katello/simulated-katello.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { emptyGateway } from '../machines/gateway.ts';
import type { Machine } from '../machines/machines.ts';
import { someContent } from './content.ts';

const names = ['neighbour-1', 'neighbour-2'] as const;
const firstId = 5001;

interface NeighbourProxy {
  readonly description: CapsuleDescription;
  readonly machine: Machine;
}

/** Proxies of another fleet in the same Katello, which its controller syncs now and then by the same login. */
export class Neighbours {
  readonly #kernel: Kernel;
  readonly #proxies: readonly NeighbourProxy[];

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#proxies = names.map((name, index) => proxyOf(kernel, name, index));
  }

  get descriptions(): readonly CapsuleDescription[] {
    return this.#proxies.map(({ description }) => description);
  }

  connect(hostName: string): Machine | null {
    return this.#proxies.find(({ description }) => description.name === hostName)?.machine ?? null;
  }

  begin(katello: SimulatedKatello): void {
    for (const { description } of this.#proxies) this.#syncLater(katello, description.id);
  }

  #syncLater(katello: SimulatedKatello, capsuleId: number): void {
    const { random } = this.#kernel;
    this.#kernel.after(random.between(600, 4 * 3600), () => {
      const options = {
        environment_id: null,
        content_view_id: null,
        repository_id: null,
        skip_metadata_check: random.next() < 0.5,
      };
      const username = katello.options.credentials.login;
      const origin = { username, requestId: random.hex(32) };
      katello.starter.sync(katello.capsule(capsuleId), options, origin);
      this.#syncLater(katello, capsuleId);
    });
  }
}

const proxyOf = (kernel: Kernel, name: string, index: number): NeighbourProxy => {
  const content = someContent(kernel.random);
  const host = `${name}.neighbours.example.net`;
  return {
    description: {
      id: firstId + index,
      name: host,
      url: `https://${host}:9090`,
      proxy: name,
      content,
      features: ['Pulpcore', 'Registration', 'Templates', 'Logs'],
      isNeighbour: true,
    },
    machine: {
      id: `i-${kernel.random.hex(17)}`,
      proxy: name,
      imageId: 'ami-0ba5e0000000000c',
      privateIp: `192.168.0.${index + 1}`,
      phase: 'provisioned',
      failedAt: null,
      certificateExpiresAt: null,
      certificateCoversClients: null,
      alive: true,
      store: byRepository(content),
      files: filesByRepository(content, 'on_demand'),
      gateway: emptyGateway,
      answersHealthChecks: true,
      isDiskFull: false,
    },
  };
};
