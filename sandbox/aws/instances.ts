import type { Machine } from '../machines/machines.ts';
import type { AwsContext } from './aws-context.ts';

export interface Ec2Instance {
  readonly id: string;
  readonly proxy: string;
  readonly imageId: string;
  readonly privateIp: string;
  readonly launchedAt: number;
  readonly tags: Map<string, string>;
  terminatedAt: number | null;
  /** Why EC2 has ended it, where EC2 says so. */
  stateReason: string | null;
}

/** EC2 shows an instance for about an hour after its end. */
const visibleSeconds = 3600;

/** The instances of EC2. What happens on them is the matter of the world's machines. */
export class Instances {
  readonly #instances = new Map<string, Ec2Instance>();
  readonly #context: AwsContext;
  readonly #deathListeners: ((instance: Ec2Instance) => void)[] = [];
  #addresses = 10;

  constructor(context: AwsContext) {
    this.#context = context;
  }

  get(id: string): Ec2Instance | undefined {
    return this.#instances.get(id);
  }

  /** What EC2 still shows. */
  visible(): readonly Ec2Instance[] {
    const horizon = this.#context.kernel.now() - visibleSeconds * 1000;
    for (const { id, terminatedAt } of this.#instances.values()) {
      if (terminatedAt !== null && terminatedAt < horizon) this.#instances.delete(id);
    }
    return [...this.#instances.values()];
  }

  isRunning(id: string): boolean {
    return this.#instances.get(id)?.terminatedAt === null;
  }

  launch(proxy: string, imageId: string, tags: Readonly<Record<string, string>>): Ec2Instance {
    const instance = this.#add(proxy, imageId, this.#context.kernel.now(), tags);
    this.#context.machines.start(instance.id, proxy, imageId, instance.privateIp);
    return instance;
  }

  /** An instance that has served since before the run. */
  addServing(
    proxy: string,
    imageId: string,
    tags: Readonly<Record<string, string>>,
    since: { readonly launchedAt: number } & Pick<Machine, 'store' | 'files'>,
  ): Ec2Instance {
    const instance = this.#add(proxy, imageId, since.launchedAt, tags);
    const { id, privateIp } = instance;
    this.#context.machines.addServing(id, proxy, imageId, privateIp, since);
    return instance;
  }

  terminate(id: string): void {
    const instance = this.#instances.get(id);
    if (instance === undefined || instance.terminatedAt !== null) return;
    instance.terminatedAt = this.#context.kernel.now();
    this.#context.machines.stop(id);
    this.#context.kernel.emit('instance-terminated', instance.proxy, `${id} terminated`);
  }

  /** Ends an instance unexpectedly, as failing hardware does. */
  kill(id: string, reason: string | null = null): void {
    const instance = this.#instances.get(id);
    if (instance === undefined || instance.terminatedAt !== null) return;
    instance.terminatedAt = this.#context.kernel.now();
    instance.stateReason = reason;
    this.#context.machines.stop(id);
    this.#context.kernel.emit('instance-died', instance.proxy, `${id} died`);
    for (const listener of this.#deathListeners) listener(instance);
  }

  onDeath(listener: (instance: Ec2Instance) => void): void {
    this.#deathListeners.push(listener);
  }

  #add(
    proxy: string,
    imageId: string,
    launchedAt: number,
    tags: Readonly<Record<string, string>>,
  ): Ec2Instance {
    const instance: Ec2Instance = {
      id: `i-${this.#context.kernel.random.hex(17)}`,
      proxy,
      imageId,
      launchedAt,
      privateIp: this.#nextAddress(),
      tags: new Map(Object.entries(tags)),
      terminatedAt: null,
      stateReason: null,
    };
    this.#instances.set(instance.id, instance);
    return instance;
  }

  #nextAddress(): string {
    this.#addresses += 1;
    const host = this.#addresses;
    return `10.${(host >> 16) & 255}.${(host >> 8) & 255}.${host & 255}`;
  }
}
