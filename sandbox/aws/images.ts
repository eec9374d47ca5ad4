import type { AwsContext } from './aws-context.ts';
import { AwsError } from './aws-error.ts';

export interface Ami {
  readonly id: string;
  readonly createdAt: number;
  readonly architecture: 'x86_64' | 'arm64';
  readonly snapshotId: string;
  readonly tags: Map<string, string>;
}

export interface NewImage {
  readonly id?: string;
  readonly snapshotId?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt?: number;
  readonly architecture?: Ami['architecture'];
}

/** The account's own AMIs and their snapshots. */
export class Images {
  readonly #images = new Map<string, Ami>();
  readonly #snapshots = new Map<string, ReadonlyMap<string, string>>();
  readonly #context: AwsContext;

  constructor(context: AwsContext) {
    this.#context = context;
  }

  get(id: string): Ami | undefined {
    return this.#images.get(id);
  }

  all(): readonly Ami[] {
    return [...this.#images.values()];
  }

  snapshots(): readonly string[] {
    return [...this.#snapshots.keys()];
  }

  /** Those that the image was made with. */
  snapshotTags(id: string): ReadonlyMap<string, string> | undefined {
    return this.#snapshots.get(id);
  }

  add({ id, snapshotId, tags, createdAt, architecture = 'x86_64' }: NewImage): string {
    const { kernel } = this.#context;
    const image: Ami = {
      id: id ?? `ami-${kernel.random.hex(17)}`,
      createdAt: createdAt ?? kernel.now(),
      architecture,
      snapshotId: snapshotId ?? `snap-${kernel.random.hex(17)}`,
      tags: new Map(Object.entries(tags)),
    };
    this.#images.set(image.id, image);
    this.#snapshots.set(image.snapshotId, new Map(image.tags));
    return image.id;
  }

  /** Returns the snapshots that went with the image. */
  deregister(id: string, deleteSnapshots: boolean): readonly string[] {
    const image = this.#images.get(id);
    if (image === undefined) {
      throw new AwsError('InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`);
    }
    this.#images.delete(id);
    this.#context.kernel.emit('image-deregistered', undefined, `${id} deregistered`);
    return deleteSnapshots && this.#snapshots.delete(image.snapshotId) ? [image.snapshotId] : [];
  }

  deleteSnapshot(id: string): void {
    const user = this.all().find(({ snapshotId }) => snapshotId === id);
    if (user !== undefined) {
      throw new AwsError(
        'InvalidSnapshot.InUse',
        `The snapshot ${id} is currently in use by ${user.id}`,
      );
    }
    if (!this.#snapshots.delete(id)) {
      throw new AwsError('InvalidSnapshot.NotFound', `The snapshot '${id}' does not exist.`);
    }
  }
}
