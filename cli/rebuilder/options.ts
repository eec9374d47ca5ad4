import { didYouMean } from '../problems.ts';
import { type Option, readWords, type Words, written } from './command-line.ts';

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

/** What somebody who calls the command line wants. */
export type Intention =
  | { readonly kind: 'help' }
  | { readonly kind: 'bad-usage'; readonly problems: readonly string[]; readonly json: boolean }
  | {
      readonly kind: 'run';
      readonly command: Command;
      readonly fleetName: string;
      readonly region: string | null;
      /** One JSON document on stdout, and nothing else. */
      readonly json: boolean;
    };

/** The environment variable that stands in for `--fleet-name`. */
export const fleetVariable = 'SMART_PROXY_FLEET';

const unless = (fits: boolean, problem: string): string | null => (fits ? null : problem);
const isLabel = (text: string): boolean => /^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(text);

const fleetProblem = (value: string): string | null =>
  unless(isLabel(value), 'must be the name of a fleet as its fleet file has it, such as europe');

const options = {
  proxies: {
    value: 'a,b',
    help: 'these proxies, due or not; otherwise those that are due',
    problem: (value) =>
      unless(
        value.split(',').every(isLabel),
        'must be names of proxies, with commas and without spaces, such as eu-north,eu-west',
      ),
  },
  image: {
    value: 'ami-…',
    help: 'from this image; nothing is baked',
    problem: (value) =>
      unless(
        /^ami-[0-9a-f]{8,17}$/.test(value),
        'must be the id of an image, such as ami-0123456789abcdef0',
      ),
  },
  force: { help: 'every proxy of the fleet, due or not' },
  wait: { help: 'tell what happens until the rebuild has ended' },
  proxy: {
    value: 'NAME',
    help: 'of this proxy only',
    problem: (value) => unless(isLabel(value), 'must be the name of one proxy, such as eu-north'),
  },
  limit: {
    value: 'N',
    help: 'this many, the newest first; 20 when not given',
    problem: (value) =>
      unless(/^[1-9]\d{0,2}$/.test(value), 'must be a whole number from 1 to 999, such as 50'),
  },
  all: { help: 'those too that found nothing to do, such as dry runs' },
  'fleet-name': {
    value: 'NAME',
    help: `the fleet, unless ${fleetVariable} names it`,
    problem: fleetProblem,
  },
  region: {
    value: 'NAME',
    help: "the fleet's AWS region, unless AWS_REGION or your profile names it",
    problem: (value) =>
      unless(/^[a-z]{2,}(-[a-z]+)+-\d$/.test(value), 'must be an AWS region, such as eu-central-1'),
  },
  json: { help: 'print one JSON document, and nothing else' },
  help: { help: 'print this, and do nothing' },
} as const satisfies Readonly<Record<string, Option>>;

type Name = keyof typeof options;
const everywhere: readonly Name[] = ['fleet-name', 'region', 'json', 'help'];

interface CommandShape {
  readonly help: string;
  readonly takes: readonly Name[];
  /** The name of the one word that it takes beside options. */
  readonly operand?: string;
}

const commands: Readonly<Record<CommandName, CommandShape>> = {
  plan: {
    help: 'who is due, until when it must start, what would be launched; changes nothing',
    takes: ['proxies', 'image', 'force'],
  },
  start: {
    help: 'rebuild who is due, or the proxies that are named',
    takes: ['proxies', 'image', 'force', 'wait'],
  },
  status: { help: 'what runs now, and the age of every proxy; the default', takes: [] },
  history: { help: 'what ran, and how it ended', takes: ['proxy', 'limit', 'all'] },
  cancel: {
    help: 'stop what runs, and wait until everything is put back',
    takes: ['proxy'],
    operand: 'execution',
  },
};

const commandNames = Object.keys(commands) as CommandName[];
const isCommand = (word: string): word is CommandName => Object.hasOwn(commands, word);

const optionLine = (name: Name): string =>
  `      ${written(name, options[name]).padEnd(18)}  ${options[name].help}`;

const commandLines = (name: CommandName): readonly string[] => {
  const { help, takes, operand } = commands[name];
  const call = operand === undefined ? name : `${name} [${operand}]`;
  return [`  ${call.padEnd(22)}  ${help}`, ...takes.map(optionLine)];
};

export const helpText = `Usage: npm run rebuilder -- [command] [options]

Plans, starts, watches and cancels rebuilds of a fleet of Smart Proxies.

${commandNames.flatMap(commandLines).join('\n')}

Every command takes:
${everywhere.map(optionLine).join('\n')}

Exit codes: 0 done, 1 the rebuild, the putting back or a call of AWS failed, 2 bad usage or bad input.
`;

/** Options and words that the command has no use for. */
const strangers = (words: Words, name: CommandName): readonly string[] => {
  const { takes, operand } = commands[name];
  const known: readonly string[] = [...takes, ...everywhere];
  const given = [...words.values.keys(), ...words.switches];
  const spare = words.operands.slice(operand === undefined ? 1 : 2);
  return [
    ...given
      .filter((option) => !known.includes(option))
      .map(
        (option) =>
          `--${option}: is not for ${name}, which takes: ${known.map((each) => `--${each}`).join(', ')}`,
      ),
    ...spare.map((word) => `${word}: is one word too many; options start with --`),
  ];
};

const contradictions = ({ values, switches, operands }: Words): readonly string[] => [
  ...(values.has('proxies') && switches.has('force')
    ? ['--force: means every proxy, so leave out --proxies; those named are rebuilt due or not']
    : []),
  ...(values.has('proxy') && operands[0] === 'cancel' && operands[1] !== undefined
    ? [`--proxy: names what ${operands[1]} names already; keep one of them`]
    : []),
];

const cancelTarget = ({ values, operands: [, execution] }: Words): CancelTarget => {
  const proxy = values.get('proxy');
  if (proxy !== undefined) return { kind: 'proxy', proxy };
  return execution === undefined ? { kind: 'everything' } : { kind: 'execution', execution };
};

const commandOf = (name: CommandName, words: Words): Command => {
  const { values, switches } = words;
  const choice: Choice = {
    proxies: values.get('proxies')?.split(',') ?? [],
    imageId: values.get('image') ?? null,
    force: switches.has('force'),
  };
  switch (name) {
    case 'plan':
      return { name, choice };
    case 'start':
      return { name, choice, wait: switches.has('wait') };
    case 'status':
      return { name };
    case 'history': {
      const limit = Number(values.get('limit') ?? 20);
      return { name, proxy: values.get('proxy') ?? null, limit, all: switches.has('all') };
    }
    case 'cancel':
      return { name, target: cancelTarget(words) };
  }
};

const unknownCommand = (word: string): string =>
  `${word}: is not a command${didYouMean(word, commandNames) || '.'} Known: ${commandNames.join(', ')}`;

type Environment = Readonly<Record<string, string | undefined>>;

/** The fleet's name, or what is wrong with it. */
const fleetOf = ({ values }: Words, environment: Environment): string | { problem: string } => {
  const told = values.get('fleet-name');
  const set = environment[fleetVariable] ?? '';
  if (told !== undefined) return told;
  if (set === '')
    return {
      problem: `--fleet-name: is missing; write --fleet-name NAME, or set ${fleetVariable}`,
    };
  const wrong = fleetProblem(set);
  return wrong === null ? set : { problem: `${fleetVariable}: ${wrong}` };
};

/** What the words of a command line ask for. */
export const parse = (argv: readonly string[], environment: Environment): Intention => {
  const words = readWords(argv, options);
  const [name = 'status'] = words.operands;
  if (words.switches.has('help')) return { kind: 'help' };
  const fleet = fleetOf(words, environment);
  const isFleetGiven = words.problems.some((problem) => problem.startsWith('--fleet-name'));
  const problems = [
    ...(isCommand(name) ? strangers(words, name) : [unknownCommand(name)]),
    ...words.problems,
    ...contradictions(words),
    ...(typeof fleet === 'string' || isFleetGiven ? [] : [fleet.problem]),
  ];
  const json = words.switches.has('json');
  if (problems.length > 0 || !isCommand(name) || typeof fleet !== 'string')
    return { kind: 'bad-usage', problems, json };
  return {
    kind: 'run',
    command: commandOf(name, words),
    fleetName: fleet,
    region: words.values.get('region') ?? null,
    json,
  };
};
