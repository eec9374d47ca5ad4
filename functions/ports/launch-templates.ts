/** One version of a proxy's launch template. */
export interface TemplateVersion {
  readonly version: string;
  readonly description: string;
}

/** The launch template of a proxy. Errors as in `GroupPort`. */
export interface LaunchTemplatePort {
  /**
   * Creates a version from `sourceVersion` with another image, or returns the one created with the same
   * `description`, which is unique per rebuild.
   */
  ensureCandidate(
    templateId: string,
    candidate: {
      readonly sourceVersion: string;
      readonly imageId: string;
      readonly description: string;
    },
  ): Promise<TemplateVersion>;
  /** Versions whose description starts with `prefix`. */
  findCandidates(templateId: string, prefix: string): Promise<readonly TemplateVersion[]>;
  /** Versions that no longer exist are not an error. */
  deleteVersions(templateId: string, versions: readonly string[]): Promise<void>;
}
