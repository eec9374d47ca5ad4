import { didYouMean } from '../config/problems.ts';
import {
  helpLine,
  helpOption,
  type Option,
  type Options,
  readWords,
  unless,
  type Words,
} from '../terminal/command-line.ts';
import { isLabel } from '../terminal/rebuild-options.ts';
import type { Call, Command } from './command.ts';
import { cancel } from './commands/cancel.ts';
import { history } from './commands/history.ts';
import { plan } from './commands/plan.ts';
import { start } from './commands/start.ts';
import { status } from './commands/status.ts';

const commands = { plan, start, status, history, cancel } as const satisfies Record<
  string,
  Command
>;
type CommandName = keyof typeof commands;

const commandNames = Object.keys(commands) as CommandName[];
const isCommand = (word: string): word is CommandName => Object.hasOwn(commands, word);

/** Environment variable used when `--fleet-name` is not given. */
const fleetVariable = 'SMART_PROXY_FLEET';

const fleetProblem = (value: string): string | null =>
  unless(isLabel(value), 'must be a fleet name from a fleet file, such as europe');

export type Variables = Readonly<Record<string, string | undefined>>;

/** Options of every command. */
const commonOptions = {
  'fleet-name': {
    value: 'NAME',
    help: `the fleet; defaults to ${fleetVariable}`,
    problem: fleetProblem,
  },
  region: {
    value: 'NAME',
    help: 'the AWS region; defaults to AWS_REGION or your profile',
    problem: (value) =>
      unless(/^[a-z]{2,}(-[a-z]+)+-\d$/.test(value), 'must be an AWS region, such as eu-central-1'),
  },
  json: { help: 'print one JSON document and nothing else' },
  help: helpOption,
} as const satisfies Readonly<Record<string, Option>>;

/** What the caller of the command line asked for. */
export type Intention =
  | { readonly kind: 'help' }
  | { readonly kind: 'bad-usage'; readonly problems: readonly string[]; readonly json: boolean }
  | {
      readonly kind: 'run';
      readonly command: CommandName;
      readonly call: Call;
      readonly fleetName: string;
      readonly region: string | null;
      /** Print one JSON document on stdout and nothing else. */
      readonly json: boolean;
    };

const allOptions: Options = {
  ...Object.assign({}, ...commandNames.map((name) => commands[name].options)),
  ...commonOptions,
};

const optionLines = (options: Options): readonly string[] =>
  Object.entries(options).map(([name, option]) => `      ${helpLine(name, option)}`);

const commandLines = (name: CommandName): readonly string[] => {
  const { help, options, operand }: Command = commands[name];
  const synopsis = operand === undefined ? name : `${name} [${operand}]`;
  return [`  ${synopsis.padEnd(22)}  ${help}`, ...optionLines(options)];
};

export const helpText = `Usage: npm run rebuilder -- [command] [options]

Plans, starts, watches and cancels rebuilds of a fleet of Smart Proxies.

${commandNames.flatMap(commandLines).join('\n')}

Every command takes:
${optionLines(commonOptions).join('\n')}

Exit codes: 0 done, 1 a rebuild, a rollback or a call of AWS failed, 2 bad usage or bad input.
`;

/** Options and operands that the command does not take, and contradictions. */
const problemsFor = (name: CommandName, words: Words): readonly string[] => {
  const { options, operand, contradictions }: Command = commands[name];
  const known = Object.keys({ ...options, ...commonOptions });
  const given = [...words.values.keys(), ...words.switches];
  const spare = words.operands.slice(operand === undefined ? 0 : 1);
  return [
    ...given
      .filter((option) => !known.includes(option))
      .map(
        (option) =>
          `--${option}: not an option of ${name}, which takes: ${known.map((each) => `--${each}`).join(', ')}`,
      ),
    ...spare.map((word) => `unexpected argument "${word}"; options start with --`),
    ...(contradictions?.(words) ?? []),
  ];
};

const unknownCommand = (word: string): string =>
  `${word}: unknown command${didYouMean(word, commandNames) || '.'} Known: ${commandNames.join(', ')}`;

type FleetName = { readonly name: string } | { readonly problem: string };

/** The fleet name, or what is wrong with it. */
const readFleetName = ({ values }: Words, variables: Variables): FleetName => {
  const given = values.get('fleet-name');
  if (given !== undefined) return { name: given };
  const set = variables[fleetVariable] ?? '';
  if (set === '')
    return {
      problem: `--fleet-name: missing; use --fleet-name NAME or set ${fleetVariable}`,
    };
  const problem = fleetProblem(set);
  return problem === null ? { name: set } : { problem: `${fleetVariable}: ${problem}` };
};

/** Parses the command line. */
export const parse = (argv: readonly string[], variables: Variables): Intention => {
  const all = readWords(argv, allOptions);
  if (all.switches.has('help')) return { kind: 'help' };
  const [name = 'status', ...operands] = all.operands;
  const words = { ...all, operands };
  const fleet = readFleetName(words, variables);
  const hasBadFleet = words.problems.some((problem) => problem.startsWith('--fleet-name'));
  const problems = [
    ...words.problems,
    ...(isCommand(name) ? problemsFor(name, words) : [unknownCommand(name)]),
    ...('problem' in fleet && !hasBadFleet ? [fleet.problem] : []),
  ];
  const json = words.switches.has('json');
  if (problems.length > 0 || !isCommand(name) || 'problem' in fleet)
    return { kind: 'bad-usage', problems, json };
  return {
    kind: 'run',
    command: name,
    call: commands[name].callFor(words),
    fleetName: fleet.name,
    region: words.values.get('region') ?? null,
    json,
  };
};
