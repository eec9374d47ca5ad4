/** What people are told, without a word of Slack's markup: the adapter escapes and lays out. */
export interface Message {
  readonly tone: 'info' | 'good' | 'warning' | 'bad';
  readonly title: string;
  /** Label and value pairs, in the order in which they are shown. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** Verbatim output, such as the tail of a log. */
  readonly log?: string;
  /** What the reader should do now. */
  readonly advice?: string;
}
