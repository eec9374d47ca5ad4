import type { Faults } from '../faults/fault.ts';
import { imagesIn, katellosList, replaceList } from '../machines/gateway.ts';
import type { Names } from '../machines/names.ts';
import type { Capsule } from './capsule.ts';

/**
 * The container gateways of all machines, as Katello reaches them: by the registered URL of the proxy, which with two
 * names is the service name and not the one that it syncs through. A push that fails is only a line in Katello's log
 * since 4.19: SmartProxyExtensions#sync_container_gateway, called in every sync, in
 * https://github.com/Katello/katello/blob/KATELLO-4.21/app/models/katello/concerns/smart_proxy_extensions.rb
 * Mappings of users and hosts are not simulated.
 */
export class Gateways {
  readonly #faults: Faults;
  readonly #names: Names;

  constructor(faults: Faults, names: Names) {
    this.#faults = faults;
    this.#names = names;
  }

  push(capsule: Capsule): void {
    const { proxy, url } = capsule.description;
    const content = capsule.content();
    if (imagesIn(content).length === 0) return;
    const { hostname, port } = new URL(url);
    const machine = this.#names.connect(hostname, 'katello', Number(port));
    if (machine?.alive !== true || machine.phase !== 'provisioned') return;
    if (this.#faults.strikes('gateway-push-lost', { proxy })) return;
    machine.gateway = replaceList(machine.gateway, katellosList(content));
  }
}
