import type { ServiceModel, Shape } from './model.ts';

/** Something that the service would not take or not say, with the path to it. */
export type Problem = string;

type Shapes = ServiceModel['shapes'];
type Check = (shapes: Shapes, shape: Shape, value: unknown, path: string) => readonly Problem[];

const shown = (value: unknown): string => JSON.stringify(value) ?? String(value);

const outside = (
  { min, max }: Shape,
  size: number,
  of: string,
  path: string,
): readonly Problem[] => [
  ...(min !== undefined && size < min
    ? [`${path}: ${of} is ${size}, at least ${min} is allowed`]
    : []),
  ...(max !== undefined && size > max
    ? [`${path}: ${of} is ${size}, at most ${max} is allowed`]
    : []),
];

const notOf = (kind: string, value: unknown, path: string): readonly Problem[] => [
  `${path}: ${shown(value)} is not ${kind}`,
];

/** Models are written for several languages: some escapes are no escapes in JavaScript's Unicode mode. */
const compiled = (pattern: string): RegExp => {
  const whole = `^(?:${pattern})$`;
  try {
    return new RegExp(whole, 'u');
  } catch {
    return new RegExp(whole);
  }
};

const patterns = new Map<string, RegExp>();

const matches = (pattern: string, text: string): boolean => {
  const known = patterns.get(pattern) ?? compiled(pattern);
  patterns.set(pattern, known);
  return known.test(text);
};

const text: Check = (_, shape, value, path) => {
  if (typeof value !== 'string') return notOf('a string', value, path);
  if (shape.enum !== undefined && !shape.enum.includes(value))
    return [`${path}: ${shown(value)} is not in the enum`];
  if (shape.pattern !== undefined && !matches(shape.pattern, value))
    return [`${path}: ${shown(value)} does not match ${shape.pattern}`];
  return outside(shape, [...value].length, 'its length', path);
};

const numeric =
  (kind: string, isKind: (value: unknown) => boolean): Check =>
  (_, shape, value, path) =>
    isKind(value) ? outside(shape, Number(value), 'it', path) : notOf(kind, value, path);

const whole = numeric('a whole number', Number.isInteger);
const fraction = numeric('a number', Number.isFinite);

const instance =
  (kind: string, isKind: (value: unknown) => boolean): Check =>
  (_, __, value, path) =>
    isKind(value) ? [] : notOf(kind, value, path);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const present = (value: Readonly<Record<string, unknown>>): readonly [string, unknown][] =>
  Object.entries(value).filter(([, part]) => part !== undefined);

const structure: Check = (shapes, shape, value, path) => {
  if (!isRecord(value)) return notOf('a structure', value, path);
  const { members = {}, required = [], streams = [] } = shape;
  const given = present(value);
  const names = given.map(([name]) => name);
  return [
    ...required
      .filter((name) => !names.includes(name))
      .map((name) => `${path}.${name}: is required`),
    ...given
      .filter(([name]) => !streams.includes(name))
      .flatMap(([name, part]) => checkValue(shapes, members[name], part, `${path}.${name}`)),
  ];
};

const list: Check = (shapes, shape, value, path) =>
  Array.isArray(value)
    ? [
        ...outside(shape, value.length, 'its size', path),
        ...value.flatMap((item, index) =>
          checkValue(shapes, shape.member, item, `${path}[${index}]`),
        ),
      ]
    : notOf('a list', value, path);

const map: Check = (shapes, shape, value, path) => {
  if (!isRecord(value)) return notOf('a map', value, path);
  const given = present(value);
  return [
    ...outside(shape, given.length, 'its size', path),
    ...given.flatMap(([key, part]) => [
      ...checkValue(shapes, shape.key, key, `${path} key ${key}`),
      ...checkValue(shapes, shape.value, part, `${path}.${key}`),
    ]),
  ];
};

const checks: Readonly<Record<string, Check>> = {
  blob: instance('a blob', (value) => value instanceof Uint8Array),
  boolean: instance('a boolean', (value) => typeof value === 'boolean'),
  double: fraction,
  float: fraction,
  integer: whole,
  list,
  long: whole,
  map,
  string: text,
  structure,
  timestamp: instance('a timestamp', (value) => value instanceof Date && !Number.isNaN(+value)),
};

/** What a service's model has against a value of the SDK at a path. */
export const checkValue = (
  shapes: Shapes,
  name: string | undefined,
  value: unknown,
  path: string,
): readonly Problem[] => {
  if (name === undefined) return [`${path}: the model knows no such member`];
  const shape = shapes[name];
  const check = checks[shape?.type ?? ''];
  if (shape === undefined || check === undefined)
    throw new Error(`models.json does not say what ${name} at ${path} is`);
  return check(shapes, shape, value, path);
};
