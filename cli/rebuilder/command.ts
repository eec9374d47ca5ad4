/** Which proxies a rebuild is asked for, and from which image. */
export interface Choice {
  readonly proxies: readonly string[];
  readonly imageId: string | null;
  readonly force: boolean;
}

export type CancelTarget =
  | { readonly kind: 'everything' }
  | { readonly kind: 'proxy'; readonly proxy: string }
  /** The name or the ARN of an execution. */
  | { readonly kind: 'execution'; readonly execution: string };

export type Command =
  | { readonly name: 'plan'; readonly choice: Choice }
  | { readonly name: 'start'; readonly choice: Choice; readonly wait: boolean }
  | { readonly name: 'status' }
  | {
      readonly name: 'history';
      readonly proxy: string | null;
      readonly limit: number;
      readonly all: boolean;
    }
  | { readonly name: 'cancel'; readonly target: CancelTarget };

export type CommandName = Command['name'];
