/** What a field may be compared with: the operators of EventBridge that the rules use. */
export type Condition =
  | string
  | { readonly exists: boolean }
  | { readonly prefix: string }
  | { readonly wildcard: string }
  | { readonly 'anything-but': { readonly wildcard: string } };

/** Of each field, one of the conditions has to hold. */
export type FieldConditions = readonly Condition[];

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html */
export interface EventPattern {
  readonly source: FieldConditions;
  readonly 'detail-type': FieldConditions;
  readonly detail: Readonly<Record<string, FieldConditions>>;
}
