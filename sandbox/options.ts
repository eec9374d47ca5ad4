import { parseArgs } from 'node:util';
import { didYouMean } from '../cli/problems.ts';
import type { Overrides } from './scenario/run-input.ts';

/** What somebody who calls the sandbox wants. */
export type Intention =
  | { readonly kind: 'help' }
  | { readonly kind: 'bad-usage'; readonly problems: readonly string[] }
  | {
      readonly kind: 'run';
      readonly overrides: Overrides;
      /** One JSON document on stdout, and nothing else. */
      readonly json: boolean;
      /** Where the HTML report goes. */
      readonly report: string | undefined;
    };

interface Option {
  /** The name of its value; absent for a switch. */
  readonly value?: string;
  readonly help: string;
  /** What is wrong with a value, if anything. */
  readonly problem?: (value: string) => string | null;
}

const unless = (fits: boolean, problem: string): string | null => (fits ? null : problem);

const options = {
  scenario: { value: 'FILE', help: 'run this scenario; examples/scenarios/*.yaml have some' },
  fleet: { value: 'FILE', help: 'take this fleet file instead of the one of the scenario' },
  seed: {
    value: 'N',
    help: 'chance: the same seed gives the same run, byte for byte',
    problem: (value) =>
      unless(
        /^\d{1,10}$/.test(value) && Number(value) <= 4_294_967_295,
        'must be a whole number from 0 to 4294967295, such as 42',
      ),
  },
  proxies: {
    value: 'a,b',
    help: 'rebuild these proxies only',
    problem: (value) =>
      unless(
        /^[a-z0-9-]+(,[a-z0-9-]+)*$/.test(value),
        'must be names of proxies, with commas and without spaces, such as eu-north,eu-west',
      ),
  },
  image: {
    value: 'ami-…',
    help: 'rebuild from this image; nothing is baked',
    problem: (value) =>
      unless(
        /^ami-[0-9a-f]{8,17}$/.test(value),
        'must be the id of an image, such as ami-0123456789abcdef0',
      ),
  },
  'dry-run': { help: 'print the plan, change nothing' },
  json: { help: 'print one JSON document with the result, and nothing else' },
  report: { value: 'FILE', help: 'write the HTML report to this file' },
  help: { help: 'print this, and do nothing' },
} as const satisfies Readonly<Record<string, Option>>;

type Name = keyof typeof options;
const names = Object.keys(options) as Name[];
const isName = (name: string): name is Name => Object.hasOwn(options, name);
const written = (name: Name): string => {
  const { value }: Option = options[name];
  return value === undefined ? `--${name}` : `--${name} ${value}`;
};

export const helpText = `Usage: npm run sandbox -- [options]

Rebuilds a fleet of Smart Proxies in a simulated world, with the real state machines and steps, and
tells what happens. Without options: the fleet of examples/fleet.yaml, when its schedule says so.

${names.map((name) => `  ${written(name).padEnd(17)} ${options[name].help}`).join('\n')}

Exit codes: 0 it went as wanted, 1 a rebuild failed, 2 bad usage or bad input.
`;

interface Given {
  readonly values: Partial<Record<Name, string>>;
  readonly switches: ReadonlySet<Name>;
  readonly problems: readonly string[];
}

type Token = ReturnType<typeof tokensOf>[number];

const tokensOf = (argv: readonly string[]) =>
  parseArgs({
    args: [...argv],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(
      names.map((name) => {
        const { value }: Option = options[name];
        const type = value === undefined ? 'boolean' : 'string';
        return [name, name === 'help' ? { type, short: 'h' } : { type }] as const;
      }),
    ),
  }).tokens;

const strayWord = (word: string): string =>
  `${word}: is not an option; options start with --, as in --scenario ${word}`;

const unknownOption = (rawName: string): string => {
  const known = names.map((name) => `--${name}`);
  return `${rawName}: is not known${didYouMean(rawName, known) || '.'} Known: ${known.join(', ')}`;
};

/** What is wrong with one word of the command line, `null` when it is as it should be. */
const problemOf = (token: Token): string | null => {
  if (token.kind === 'positional') return strayWord(token.value);
  if (token.kind === 'option-terminator') return null;
  const { name, rawName, value } = token;
  if (!isName(name)) return unknownOption(rawName);
  const { value: wanted, problem }: Option = options[name];
  if (wanted === undefined)
    return value === undefined ? null : `--${name}: takes no value; write --${name} alone`;
  // An option where the value should be has been forgotten, not meant as the name of a file.
  if (value === undefined || value === '' || value.startsWith('--'))
    return `--${name}: needs a value; write ${written(name)}`;
  const wrong = problem?.(value) ?? null;
  return wrong === null ? null : `--${name}: ${wrong}`;
};

const given = (argv: readonly string[]): Given => {
  const values: Partial<Record<Name, string>> = {};
  const switches = new Set<Name>();
  const problems: string[] = [];
  for (const token of tokensOf(argv)) {
    const problem = problemOf(token);
    if (problem !== null) problems.push(problem);
    if (problem !== null || token.kind !== 'option' || !isName(token.name)) continue;
    if (switches.has(token.name) || values[token.name] !== undefined)
      problems.push(`--${token.name}: is given twice; keep one`);
    if (token.value === undefined) switches.add(token.name);
    else values[token.name] = token.value;
  }
  return { values, switches, problems };
};

/** What the words of a command line ask for. */
export const parse = (argv: readonly string[]): Intention => {
  const { values, switches, problems } = given(argv);
  if (switches.has('help')) return { kind: 'help' };
  if (problems.length > 0) return { kind: 'bad-usage', problems };
  const { scenario, fleet, seed, proxies, image, report } = values;
  return {
    kind: 'run',
    overrides: {
      scenario,
      fleet,
      seed: seed === undefined ? undefined : Number(seed),
      proxies: proxies?.split(','),
      imageId: image,
      dryRun: switches.has('dry-run'),
    },
    json: switches.has('json'),
    report,
  };
};
