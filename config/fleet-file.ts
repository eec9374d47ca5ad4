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
import { soundParts } from '../functions/domain/fleet-problems/sound-fleet.ts';
import { fleetProblems } from '../functions/domain/fleet-problems.ts';
import {
  BadInput,
  type Path,
  type Problem,
  plainWords,
  problemsOf,
  renderPath,
} from './problems.ts';

/** A file that fits its schema, and a way to report further problems with it. */
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

/** The offset of a path in the file; for what is missing, the offset of its section. */
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

/** The library's messages quote the file, which could contain a secret; these do not. */
const syntaxWords: Partial<Record<YAMLError['code'], string>> = {
  BAD_ALIAS: 'refers with * to an anchor that no & defines',
  BAD_INDENT: 'has the wrong indentation, or a bracket before it is not closed',
  BAD_SCALAR_START: 'starts with a reserved character: put the value in quotes',
  BLOCK_AS_IMPLICIT_KEY:
    'has a second key, or the next line is indented too far: indent the keys of a section equally, one per line',
  DUPLICATE_KEY: 'appears twice in the same section: keep one',
  MISSING_CHAR: 'is missing a character: a closing quote or bracket, or the colon after a key',
  MULTILINE_IMPLICIT_KEY: 'is missing the colon and the space after a key',
  RESOURCE_EXHAUSTION: 'is nested too deeply: compare with the reference',
  MULTIPLE_DOCS: 'starts a second document: use one document per file, without ---',
  TAB_AS_INDENT: 'is indented with a tab: use spaces',
  TAG_RESOLVE_FAILED: 'has an unknown tag (!…): remove it',
};

const unreadable = (path: string, error: unknown): string => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : error;
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

/** A line to show, and its offset in the file, so that all lines can be shown in order. */
interface Line {
  readonly offset: number;
  readonly text: string;
}

/** YAML text, and the position of everything in it. */
class Source {
  readonly document: Document.Parsed;
  readonly #path: string;
  readonly #lines = new LineCounter();

  constructor(path: string, text: string) {
    this.#path = path;
    // Warnings are reported as problems; printed by the library, they would quote the file.
    const options = { lineCounter: this.#lines, prettyErrors: false, logLevel: 'error' } as const;
    this.document = parseDocument(text, options);
  }

  /** The parsed value; aliases that expand into far more than was written are refused. */
  value(): unknown {
    try {
      return this.document.toJS();
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error;
      const text = 'repeats too much with * and &: write the values out';
      return refuse([this.line({ path: [], text }, 0)]);
    }
  }

  line({ path, text }: Problem, offset = offsetOf(this.document, path)): Line {
    const place = `${this.#path}:${Math.max(1, this.#lines.linePos(offset).line)}`;
    return { offset, text: [place, renderPath(path), text].filter(Boolean).join(': ') };
  }

  /** Where the text is not YAML; only the first problem of a line, because it causes the others. */
  broken(): readonly Line[] {
    const { errors, warnings } = this.document;
    const found = [...errors, ...warnings].map(({ code, pos }) => this.#brokenLine(code, pos[0]));
    const lineOf = ({ offset }: Line): number => this.#lines.linePos(offset).line;
    return [...found, ...this.#danglingAliases()].filter(
      (line, index, all) => all.findIndex((other) => lineOf(other) === lineOf(line)) === index,
    );
  }

  /** Whether the text can be checked against the schema in spite of what is broken. */
  isReadable(): boolean {
    const isHarmless = this.document.errors.every(({ code }) => code === 'DUPLICATE_KEY');
    return isHarmless && this.#danglingAliases().length === 0;
  }

  #danglingAliases(): readonly Line[] {
    const found: Line[] = [];
    const anchors = new Set<string>();
    // In the order of the text, so that an anchor counts only for what comes after it.
    visit(this.document, {
      Alias: (_, { source, range }) => {
        if (!anchors.has(source)) found.push(this.#brokenLine('BAD_ALIAS', range?.[0] ?? 0));
      },
      Value: (_, { anchor }) => void (anchor === undefined || anchors.add(anchor)),
    });
    return found;
  }

  #brokenLine(code: YAMLError['code'], offset: number): Line {
    const path = code === 'DUPLICATE_KEY' ? pathAt(this.document, offset) : [];
    const text = syntaxWords[code] ?? 'is not valid YAML, here or on the line before';
    return this.line({ path, text }, offset);
  }
}

const refuse = (lines: readonly Line[]): never => {
  const inOrder = [...lines].sort((one, other) => one.offset - other.offset);
  throw new BadInput(inOrder.map(({ text }) => text));
};

/** Reads a YAML file and checks it; throws `BadInput` with every problem, in the order of the lines. */
export const readYaml = <S extends z.ZodType>(
  path: string,
  schema: S,
  crossCheck: (input: unknown, problems: readonly Problem[]) => readonly Problem[] = () => [],
): Reading<z.infer<S>> => {
  const text = readText(path);
  const source = new Source(path, text);
  const broken = source.broken();
  if (!source.isReadable()) return refuse(broken);
  if (source.document.contents === null)
    return refuse([source.line({ path: [], text: 'is empty: start from one of the examples' }, 0)]);

  const input = source.value();
  const result = schema.safeParse(input, { error: plainWords });
  const problems = result.success ? [] : problemsOf(result.error.issues);
  const found = [...problems, ...crossCheck(input, problems)].map((found) => source.line(found));
  if (!result.success || broken.length + found.length > 0) return refuse([...broken, ...found]);
  return { value: result.data, text, line: (problem) => source.line(problem).text };
};

/** Reads a fleet file, or throws `BadInput` with every problem. */
export const readFleetFile = (path: string): Fleet =>
  readYaml(path, fleetSchema, (input, problems) =>
    fleetProblems(
      soundParts(
        input,
        problems.map((problem) => problem.path),
      ),
    ),
  ).value;
