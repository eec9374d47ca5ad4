import fc from 'fast-check';
import { hostileText } from './texts.ts';

/** Keys that every object seems to have, or that a library asks for. */
const key = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', 'valueOf', 'toJSON', 'length', 'then'),
  fc.constantFrom('id', 'name', 'message', 'error', 'errors', 'results', 'proxy', ''),
  hostileText,
);

/** Numbers that are whole, and are not; far out, and near the edge of what a number holds exactly. */
const number = fc.oneof(
  fc.constantFrom(0, -0, -1, 1.5, 1e308, -1e308, 2 ** 53, 2 ** 31, 1e-320),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** A list in a list in a list. */
const deep = fc
  .integer({ min: 50, max: 250 })
  .map((depth): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`));

/** An object that throws when it is taken for a number or a text. */
const unconvertible = fc.constant<unknown>({ toString: 1, valueOf: 2 });

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false),
    number,
    hostileText,
    fc.constantFrom('0', 'true', '2026-01-01T00:00:00Z', 'i-0123456789abcdef0', '[]', '{}'),
    unconvertible,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map(objectOf),
  ),
}));

/** Anything that JSON can say. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: value, weight: 19 },
  { arbitrary: deep, weight: 1 },
);

/** As `JSON.parse` makes it: every key is the object's own, `__proto__` too. */
function objectOf(entries: readonly (readonly [string, unknown])[]): unknown {
  const body = entries.map(([name, one]) => `${JSON.stringify(name)}:${JSON.stringify(one)}`);
  return JSON.parse(`{${body.join()}}`);
}

type Path = readonly (string | number)[];

const isBranch = (one: unknown): one is object =>
  typeof one === 'object' &&
  one !== null &&
  [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(one));

/** Every place of a value, from the whole to the leaves. */
export const placesIn = (one: unknown, path: Path = []): readonly Path[] => [
  path,
  ...(isBranch(one)
    ? Object.entries(one).flatMap(([name, inner]) =>
        placesIn(inner, [...path, Array.isArray(one) ? Number(name) : name]),
      )
    : []),
];

/** What happens at one place of a value. */
type Change =
  | { readonly kind: 'dropped' }
  | { readonly kind: 'replaced'; readonly by: unknown }
  | { readonly kind: 'joined'; readonly key: string; readonly by: unknown };

const changed = (one: unknown, path: Path, change: Change): unknown => {
  const [first, ...rest] = path;
  if (first === undefined) {
    if (change.kind === 'dropped') return undefined;
    if (change.kind === 'replaced') return change.by;
    if (Array.isArray(one)) return [...one, change.by];
    return isBranch(one)
      ? Object.fromEntries([...Object.entries(one), [change.key, change.by]])
      : one;
  }
  if (Array.isArray(one)) {
    const inner = changed(one[Number(first)], rest, change);
    const isGone = rest.length === 0 && change.kind === 'dropped';
    return isGone ? one.toSpliced(Number(first), 1) : one.with(Number(first), inner);
  }
  const entries = Object.entries(one as object).map(([name, inner]) =>
    name === first ? [name, changed(inner, rest, change)] : [name, inner],
  );
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
};

/** A valid value with one place dropped, replaced by anything, or joined by anything. */
export const withOnePlaceSpoilt = (
  valid: unknown,
  anything: fc.Arbitrary<unknown> = anyJson,
): fc.Arbitrary<unknown> => {
  const change = fc.oneof<fc.Arbitrary<Change>[]>(
    fc.constant({ kind: 'dropped' }),
    anything.map((by) => ({ kind: 'replaced', by })),
    anything.map((by) => ({ kind: 'replaced', by })),
    fc.tuple(key, anything).map(([name, by]) => ({ kind: 'joined', key: name, by })),
  );
  return fc
    .tuple(fc.constantFrom(...placesIn(valid)), change)
    .map(([path, one]) => changed(valid, path, one));
};

/** An answer of the SDK with one member absent, or one text replaced by another: its types hold. */
export const withOneTextSpoilt = (valid: unknown): fc.Arbitrary<unknown> => {
  const [, ...places] = placesIn(valid);
  const texts = places.filter((path) => typeof valueAt(valid, path) === 'string');
  return fc.oneof(
    fc.constantFrom(...places).map((path) => changed(valid, path, { kind: 'dropped' })),
    fc
      .tuple(fc.constantFrom(...texts), hostileText)
      .map(([path, by]) => changed(valid, path, { kind: 'replaced', by })),
  );
};

const valueAt = (one: unknown, path: Path): unknown =>
  path.reduce((inner: unknown, name) => Object(inner)[name], one);

/** Every way to leave one member of a value out. */
export const eachWithOneAbsent = (valid: unknown): readonly (readonly [string, unknown])[] =>
  placesIn(valid)
    .slice(1)
    .map((path) => [path.join('.'), changed(valid, path, { kind: 'dropped' })]);

/** The value with something else in one place. */
export const replaced = (one: unknown, path: Path, by: unknown): unknown =>
  changed(one, path, { kind: 'replaced', by });
