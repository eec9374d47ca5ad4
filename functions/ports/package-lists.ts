/** Package lists of images, as stored by the bake. Errors as in `GroupPort`. */
export interface PackageListPort {
  /** Lines of `rpm -qa`, sorted; `null` when there is no list for this image. */
  read(imageId: string): Promise<readonly string[] | null>;
}
