import type { ChoiceState, Rule } from './asl.ts';
import { type PolledSection, pathTo, type RecordPath, type ValueAt } from './record-path.ts';

export const is = <const Path extends RecordPath>(
  path: Path,
  value: ValueAt<Path> & (string | boolean),
): Rule =>
  typeof value === 'boolean'
    ? { Variable: pathTo(path), BooleanEquals: value }
    : { Variable: pathTo(path), StringEquals: value };

export const isNull = (path: RecordPath): Rule => ({ Variable: pathTo(path), IsNull: true });
export const isPresent = (path: RecordPath): Rule => ({ Variable: pathTo(path), IsPresent: true });
export const isReady = (section: PolledSection): Rule => is(`${section}.status`, 'ready');
export const all = (...rules: readonly Rule[]): Rule => ({ And: rules });

/** Rules with the state that each leads to; the first one that matches is taken. */
export type Ways<Target extends string> = readonly (readonly [rule: Rule, next: Target])[];

export const choose = <const Target extends string>(
  ways: Ways<Target>,
  otherwise: Target,
  comment?: string,
): ChoiceState<Target> => ({
  Type: 'Choice',
  ...(comment && { Comment: comment }),
  Choices: ways.map(([rule, Next]) => ({ ...rule, Next })),
  Default: otherwise,
});
