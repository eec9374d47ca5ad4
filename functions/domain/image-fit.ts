import type { Feature } from './features.ts';

export type ImageFit = 'fits' | 'differs' | 'unknown';

/** Patches of one minor version fit one another; `null` for what is no version. */
const minorOf = (version: string): string | null =>
  /^\d+\.\d+(?=[.-]|$)/.exec(version)?.[0] ?? null;

/**
 * Whether an image fits a version of Katello, by the version that it is tagged with. A tag that cannot be
 * read fits nothing; an image without one is `unknown`, and the caller decides whether to trust it.
 */
export const imageFit = (tagged: string | null, katelloVersion: string): ImageFit => {
  if (tagged === null) return 'unknown';
  const minor = minorOf(katelloVersion);
  return minor !== null && minorOf(tagged) === minor ? 'fits' : 'differs';
};

/**
 * The features whose packages an image lacks, by the features that it is tagged with. Nothing is known of an
 * image without that tag (`null`), and so nothing is missing.
 */
export const missingFeatures = (
  tagged: readonly string[] | null,
  wanted: readonly Feature[],
): readonly Feature[] =>
  tagged === null ? [] : wanted.filter((feature) => !tagged.includes(feature));
