/** What IAM is asked about one call: an action on a resource, with what conditions can ask about. */
export interface Access {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** A call of AWS, by the name of its operation. */
export interface Command {
  readonly operation: string;
  readonly input: object;
}
