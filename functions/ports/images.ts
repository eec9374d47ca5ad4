export type ImageState = 'candidate' | 'current' | 'previous' | 'rejected';

/** An AMI that belongs to this fleet. */
export interface Image {
  readonly id: string;
  readonly available: boolean;
  readonly state: ImageState | null;
  readonly architecture: string;
  readonly createdAt: Date;
  readonly katelloVersion: string | null;
  /** The features that it has the packages of; `null` if it is not tagged with them. */
  readonly features: readonly string[] | null;
  readonly sourceImage: string | null;
  readonly snapshotIds: readonly string[];
}

/** Images of a fleet, by tag. Errors as in `GroupPort`; an incomplete list is an error. */
export interface ImagePort {
  read(imageId: string): Promise<Image | null>;
  list(fleet: string): Promise<readonly Image[]>;
  setState(image: Image, state: ImageState): Promise<void>;
  /** The given ids that an instance, a launch template version or a parameter still refers to. */
  referenced(imageIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Deregisters the image and deletes its snapshots; idempotent. */
  remove(image: Image): Promise<void>;
  /**
   * Ids of snapshots that were tagged as those of this fleet's images and belong to no image any more, neither to one
   * of `images` nor to any other of the account.
   */
  leftSnapshots(fleet: string, images: readonly Image[]): Promise<readonly string[]>;
  /** Idempotent; a snapshot that an image uses after all stays. */
  removeSnapshot(snapshotId: string): Promise<void>;
}
