import { helpLine, type Option, unless, unlessWholeNumber } from '../../terminal/command-line.ts';
import { imageOption, isLabel, proxiesOption } from '../../terminal/rebuild-options.ts';
import type { CommandName } from './command.ts';

/** The environment variable that stands in for `--fleet-name`. */
export const fleetVariable = 'SMART_PROXY_FLEET';

export const fleetProblem = (value: string): string | null =>
  unless(isLabel(value), 'must be the name of a fleet as its fleet file has it, such as europe');

export const options = {
  proxies: proxiesOption('these proxies, due or not; otherwise those that are due'),
  image: imageOption,
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
    problem: unlessWholeNumber(1, 999, 50),
  },
  all: { help: 'those too that found nothing to do, such as dry runs' },
  'fleet-name': {
    value: 'NAME',
    help: `the fleet, unless ${fleetVariable} names it`,
    problem: fleetProblem,
  },
  region: {
    value: 'NAME',
    help: 'its AWS region, unless AWS_REGION or your profile names it',
    problem: (value) =>
      unless(/^[a-z]{2,}(-[a-z]+)+-\d$/.test(value), 'must be an AWS region, such as eu-central-1'),
  },
  json: { help: 'print one JSON document, and nothing else' },
  help: { help: 'print this, and do nothing' },
} as const satisfies Readonly<Record<string, Option>>;

export type OptionName = keyof typeof options;
export const everywhere: readonly OptionName[] = ['fleet-name', 'region', 'json', 'help'];

interface CommandShape {
  readonly help: string;
  readonly takes: readonly OptionName[];
  /** The name of the one word that it takes beside options. */
  readonly operand?: string;
}

export const commands: Readonly<Record<CommandName, CommandShape>> = {
  plan: {
    help: 'who is due, until when each must start, from which image; changes nothing',
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

export const commandNames = Object.keys(commands) as CommandName[];
export const isCommand = (word: string): word is CommandName => Object.hasOwn(commands, word);

const optionLine = (name: OptionName): string => `      ${helpLine(name, options[name])}`;

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

Exit codes: 0 done, 1 a rebuild, a restore or a call of AWS failed, 2 bad usage or bad input.
`;
