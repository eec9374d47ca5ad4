/** The properties of an image that decide whether it is kept. */
export interface KeptImage {
  readonly id: string;
  readonly state: string | null;
  readonly createdAt: Date;
}

/**
 * Images that nothing needs: not current, not a candidate that could still be used, not among the newest
 * `retention` previous ones, and not referenced by anything.
 */
export const removable = <Image extends KeptImage>(
  images: readonly Image[],
  referenced: ReadonlySet<string>,
  retention: number,
  freshAfter: Date,
): readonly Image[] => {
  const newestFirst = [...images].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  const kept = new Set(
    newestFirst
      .filter(({ state }) => state === 'previous')
      .slice(0, retention)
      .map(({ id }) => id),
  );
  return newestFirst.filter(
    (image) =>
      image.state !== null &&
      image.state !== 'current' &&
      !(image.state === 'candidate' && image.createdAt >= freshAfter) &&
      !kept.has(image.id) &&
      !referenced.has(image.id),
  );
};
