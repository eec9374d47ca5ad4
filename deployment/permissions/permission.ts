/** What a role may do. A wildcard resource needs a reason, which also suppresses the finding of cdk-nag. */
export interface Permission {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<
    Record<string, Readonly<Record<string, string | readonly string[]>>>
  >;
  readonly wildcard?: string;
}

/** The reason for list and describe calls. */
export const knowsNoResource =
  'These actions do not support resource-level permissions; IAM requires *.';
