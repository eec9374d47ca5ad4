/** Lists of the packages that images hold, as the bake leaves them. Errors as in `GroupPort`. */
export interface PackageListPort {
  /** Lines of `rpm -qa`, sorted; `null` when no list of this image is kept. */
  read(imageId: string): Promise<readonly string[] | null>;
}
