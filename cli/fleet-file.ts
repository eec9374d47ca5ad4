import { readFileSync } from 'node:fs';
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import type { z } from 'zod';
import { type Fleet, fleetSchema } from '../functions/domain/fleet.ts';
import { fleetProblems, soundParts } from '../functions/domain/fleet-problems.ts';
import {
  BadInput,
  type Path,
  type Problem,
  plainWords,
  problemsOf,
  renderPath,
} from './problems.ts';

/** A file that fits its schema, and a way to say what is wrong with it all the same. */
export interface Reading<T> {
  readonly value: T;
  readonly text: string;
  /** The line to show for a problem: `<file>:<line>: <path>: <text>`. */
  readonly line: (problem: Problem) => string;
}

interface Place {
  readonly offset: number;
  readonly node: Node | null;
}

const step = (document: Document, place: Place, part: PropertyKey): Place | null => {
  const node = isAlias(place.node) ? (place.node.resolve(document) ?? null) : place.node;
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && key.value === part);
    if (pair === undefined || !isScalar(pair.key)) return null;
    return { offset: pair.key.range?.[0] ?? place.offset, node: pair.value as Node | null };
  }
  if (!isSeq(node) || typeof part !== 'number') return null;
  const item = node.items[part] as Node | null | undefined;
  return item ? { offset: item.range?.[0] ?? place.offset, node: item } : null;
};

/** Where a path stands in the file; for what is missing, where its section does. */
const offsetOf = (document: Document, path: Path): number => {
  let place: Place = { offset: document.contents?.range?.[0] ?? 0, node: document.contents };
  for (const part of path) {
    const next = step(document, place, part);
    if (next === null) break;
    place = next;
  }
  return place.offset;
};

/** The path of the key that starts at an offset. */
const pathAt = (document: Document, offset: number): Path => {
  let found: Path = [];
  visit(document, {
    Pair: (_, pair, ancestors) => {
      if (!isScalar(pair.key) || pair.key.range?.[0] !== offset) return undefined;
      const chain = [...ancestors, pair];
      found = chain.flatMap((node, index): PropertyKey[] => {
        const next = chain[index + 1];
        if (isSeq(node)) return [node.items.indexOf(next)];
        return 'key' in node && isScalar(node.key) ? [String(node.key.value)] : [];
      });
      return visit.BREAK;
    },
  });
  return found;
};

/** The library's words quote the file, which could hold a secret; these do not. */
const syntaxWords: Partial<Record<YAMLError['code'], string>> = {
  BAD_ALIAS: 'refers with * to an anchor that no & defines',
  BAD_INDENT: 'is not indented like the lines that it belongs to',
  BAD_SCALAR_START: 'starts with a character that only a value in quotes may start with',
  BLOCK_AS_IMPLICIT_KEY: 'is nested on one line: put the inner key on a line of its own, indented',
  DUPLICATE_KEY: 'stands twice in the same section: keep one',
  MISSING_CHAR: 'lacks a character: a closing quote or bracket, or the colon after a key',
  MULTILINE_IMPLICIT_KEY: 'lacks the colon and the space after a key',
  MULTIPLE_DOCS: 'starts a second document: keep one file to a document, without ---',
  TAB_AS_INDENT: 'is indented with a tab: use spaces',
  TAG_RESOLVE_FAILED: 'has a tag (!…) that is not known: remove it',
};

const unreadable = (path: string, error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : 'unknown error';
  if (code === 'ENOENT') return `${path}: does not exist: check the path`;
  if (code === 'EISDIR') return `${path}: is a folder: name the file in it`;
  return `${path}: cannot be read (${code}): check the permissions`;
};

const readText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new BadInput([unreadable(path, error)]);
  }
};

/** Reads a YAML file and checks it; throws `BadInput` with every problem, in the order of the lines. */
export const readYaml = <S extends z.ZodType>(
  path: string,
  schema: S,
  crossCheck: (input: unknown, problems: readonly Problem[]) => readonly Problem[] = () => [],
): Reading<z.infer<S>> => {
  const text = readText(path);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): string => `${path}:${Math.max(1, lines.linePos(offset).line)}`;
  const line = (problem: Problem): string =>
    [at(offsetOf(document, problem.path)), renderPath(problem.path), problem.text]
      .filter(Boolean)
      .join(': ');

  const broken = [...document.errors, ...document.warnings].map((error) => {
    const where = error.code === 'DUPLICATE_KEY' ? renderPath(pathAt(document, error.pos[0])) : '';
    const words = syntaxWords[error.code] ?? 'is not valid YAML here or on the line before';
    return {
      offset: error.pos[0],
      line: [at(error.pos[0]), where, words].filter(Boolean).join(': '),
    };
  });
  const readable = document.errors.every(({ code }) => code === 'DUPLICATE_KEY');
  if (readable && document.contents === null)
    throw new BadInput([`${path}:1: is empty: start from one of the examples`]);
  if (!readable) throw new BadInput(broken.map((problem) => problem.line));

  const input: unknown = document.toJS();
  const result = schema.safeParse(input, { error: plainWords });
  const problems = result.success ? [] : problemsOf(result.error.issues);
  const found = [...problems, ...crossCheck(input, problems)].map((problem) => ({
    offset: offsetOf(document, problem.path),
    line: line(problem),
  }));
  const all = [...broken, ...found].sort((one, other) => one.offset - other.offset);
  if (all.length > 0 || !result.success) throw new BadInput(all.map((problem) => problem.line));
  return { value: result.data, text, line };
};

/** Reads a fleet file, or throws `BadInput` with all that is wrong with it. */
export const readFleetFile = (path: string): Fleet =>
  readYaml(path, fleetSchema, (input, problems) =>
    fleetProblems(
      soundParts(
        input,
        problems.map((problem) => problem.path),
      ),
    ),
  ).value;
