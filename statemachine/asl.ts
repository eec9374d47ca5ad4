/**
 * The part of the Amazon States Language that the two machines use. `Target` is the union of the titles that a
 * state may lead to, so that the compiler rejects transitions to states that do not exist.
 */
export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly BackoffRate: number;
  readonly MaxDelaySeconds: number;
  readonly MaxAttempts: number;
  readonly JitterStrategy: 'FULL' | 'NONE';
}

/** Names errors that are not retried. */
export interface Refusal {
  readonly ErrorEquals: readonly string[];
  readonly MaxAttempts: 0;
}

export type Retriers = readonly (Retrier | Refusal)[];

export interface Catcher<Target extends string = string> {
  readonly ErrorEquals: readonly string[];
  /** `null`: what was caught is expected, and is not kept. */
  readonly ResultPath: string | null;
  readonly Next: Target;
}

export type Rule =
  | { readonly Variable: string; readonly StringEquals: string }
  | { readonly Variable: string; readonly BooleanEquals: boolean }
  | { readonly Variable: string; readonly IsNull: true }
  | { readonly Variable: string; readonly IsPresent: true }
  | { readonly And: readonly Rule[] };

interface AnyState<Type extends string> {
  readonly Type: Type;
  readonly Comment?: string;
}

export interface TaskState<Target extends string = string> extends AnyState<'Task'> {
  readonly Resource: string;
  readonly TimeoutSeconds: number;
  readonly Parameters?: object;
  readonly ResultSelector?: object;
  readonly ResultPath: string | null;
  readonly Retry: Retriers;
  readonly Catch: readonly Catcher<Target>[];
  readonly Next: Target;
}

export interface PassState<Target extends string = string> extends AnyState<'Pass'> {
  readonly Parameters: object;
  readonly ResultPath?: string;
  readonly Next?: Target;
  readonly End?: true;
}

export interface ChoiceState<Target extends string = string> extends AnyState<'Choice'> {
  readonly Choices: readonly (Rule & { readonly Next: Target })[];
  readonly Default: Target;
}

export interface WaitState<Target extends string = string> extends AnyState<'Wait'> {
  readonly Seconds?: number;
  readonly SecondsPath?: string;
  readonly TimestampPath?: string;
  readonly Next: Target;
}

export interface MapState<Target extends string = string> extends AnyState<'Map'> {
  readonly ItemsPath: string;
  readonly ItemSelector: object;
  readonly ItemProcessor: Scope & { readonly ProcessorConfig: { readonly Mode: 'INLINE' } };
  readonly ResultPath: string;
  readonly Catch: readonly Catcher<Target>[];
  readonly Next: Target;
}

export interface FailState extends AnyState<'Fail'> {
  readonly ErrorPath: string;
  readonly CausePath: string;
}

export type State<Target extends string = string> =
  | TaskState<Target>
  | PassState<Target>
  | ChoiceState<Target>
  | WaitState<Target>
  | MapState<Target>
  | AnyState<'Succeed'>
  | FailState;

/** States by title. */
export type States<Target extends string = string> = Readonly<Record<string, State<Target>>>;

/** States that only lead to one another: a whole machine, or the item processor of a map. */
export interface Scope<Title extends string = string> {
  readonly StartAt: Title;
  readonly States: Readonly<Record<Title, State<Title>>>;
}

export interface Definition<Title extends string = string> extends Scope<Title> {
  readonly Comment: string;
  readonly TimeoutSeconds: number;
}
