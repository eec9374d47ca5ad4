import { didYouMean } from '../../config/problems.ts';
import { readWords, type Words } from '../../terminal/command-line.ts';
import type { CancelTarget, Choice, Command, CommandName } from './command.ts';
import {
  commandNames,
  commands,
  everywhere,
  fleetProblem,
  fleetVariable,
  isCommand,
  options,
} from './usage.ts';

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
    ...words.problems,
    ...(isCommand(name) ? strangers(words, name) : [unknownCommand(name)]),
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
