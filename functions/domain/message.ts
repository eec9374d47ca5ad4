/** A message to people, without any Slack markup: the adapter escapes it and lays it out. */
export interface Message {
  readonly tone: 'info' | 'good' | 'warning' | 'bad';
  readonly title: string;
  /** Pairs of label and value, in display order. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** Verbatim output, such as the end of a log. */
  readonly log?: string;
  /** What the reader should do now. */
  readonly advice?: string;
}
