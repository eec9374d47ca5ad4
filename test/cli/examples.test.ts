import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { StatusDocument } from '../../cli/commands/status.ts';
import { type Called, inWorld, type Operator } from './operator-world.ts';

interface Example {
  readonly command: string;
  readonly printed: string;
}

const prompt = '$ npm run rebuilder -- ';

/** Every command that docs/cli.md shows at a prompt, with what follows it there. */
const examples = [...readFileSync('docs/cli.md', 'utf8').matchAll(/^```\n([\s\S]*?)^```$/gm)]
  .flatMap(([, block = '']) => block.split(/^(?=\$ )/m))
  .filter((part) => part.startsWith(prompt))
  .map((part): Example => {
    const [first = '', ...lines] = part.split('\n');
    return { command: first.slice(prompt.length), printed: lines.join('\n').trimEnd() };
  });

/** Long URLs are shortened on the page. */
const shortened = (text: string): string => text.replaceAll(/(\/details\/)\S+/g, '$1…');
const wordsOf = ({ stdout, stderr }: Called): string => shortened(stdout + stderr).trimEnd();

/** `jq -r '.proxies[] | [.name, .ageDays, .limitAt] | @tsv'` */
const asTable = ({ proxies }: StatusDocument): string =>
  proxies.map(({ name, ageDays, limitAt }) => [name, ageDays, limitAt].join('\t')).join('\n');

/** The session that the page shows, in the order in which it happened. */
const record = async (operator: Operator): Promise<ReadonlyMap<string, string>> => {
  const printed = new Map<string, string>();
  const note = async (words: string): Promise<void> => {
    printed.set(words, wordsOf(await operator.call(words)));
  };
  await operator.call('start');
  await operator.sleep(3600 + 51 * 60);
  await note('status');
  await note('start');
  await note('start --proxies eu-nroth');
  const table = asTable((await operator.json('status')) as StatusDocument);
  printed.set("status --json | jq -r '.proxies[] | [.name, .ageDays, .limitAt] | @tsv'", table);
  await note('cancel');
  await note('start --proxies eu-south --wait');
  await note('plan');
  await note('history');
  return printed;
};

/** From another world: a fleet with maintenance windows. */
const elsewhere = /^FleetRebuildInProgress: sweep-4711 has been waiting/;

/**
 * What is printed without its figures, which differ with every change of the simulated world: ids, instants,
 * durations, shares, and how often progress is shown.
 */
const shapeOf = (text: string): readonly string[] =>
  text
    .replaceAll(/\b(i|ami)-[0-9a-f]{17}\b/g, '$1-…')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'uuid')
    .replaceAll(/\d+ (?:d|h|min|s)\b(?: \d+ (?:h|min|s)\b)?/g, 'duration')
    .replaceAll(/\[[█░]+\]/g, '[…]')
    .replaceAll(/\d+/g, '0')
    .replaceAll(/ +/g, ' ')
    .split('\n')
    .filter((line, index, lines) => line !== lines[index - 1]);

describe('an example of docs/cli.md', () => {
  let printed: ReadonlyMap<string, string> = new Map();
  beforeAll(async () => {
    await inWorld(async (operator) => {
      printed = await record(operator);
    });
  });

  test.each(
    examples
      .filter((example) => !elsewhere.test(example.printed))
      .map(({ command, printed: shown }) => [command, shown] as const),
  )('shows what %j prints, but for the figures', (command, shown) => {
    expect(shapeOf(printed.get(command) ?? '')).toEqual(shapeOf(shown));
  });

  test('shows every command', () => {
    const shown = examples.map(({ command }) => command.split(' ')[0]);

    expect(new Set(shown)).toEqual(new Set(['plan', 'start', 'status', 'history', 'cancel']));
  });
});
