import { describe, expect, test } from '@jest/globals';
import { BadInput } from '../../../config/problems.ts';
import { type Intention, intentionOf, usage } from '../../../sandbox/rehearse/options.ts';
import { helpText, readOptions } from '../../../terminal/program.ts';

/** `null` asks for help. */
const parseLine = (line: string): Intention | null => {
  const words = readOptions(usage, line.split(' ').filter(Boolean));
  return words && intentionOf(words);
};

const problemsIn = (line: string): readonly string[] => {
  try {
    parseLine(line);
    return [];
  } catch (error) {
    return error instanceof BadInput ? error.problems : [String(error)];
  }
};

describe('a command line', () => {
  test('without options asks for the default run', () => {
    expect(parseLine('')).toEqual({
      overrides: { dryRun: false },
      json: false,
      report: undefined,
    });
  });

  test('may ask for everything', () => {
    const line =
      '--scenario s.yaml --fleet f.yaml --seed 42 --proxies eu-west,eu-north --dry-run ' +
      '--image ami-0123456789abcdef0 --json --report r.html';

    expect(parseLine(line)).toEqual({
      overrides: {
        scenario: 's.yaml',
        fleet: 'f.yaml',
        seed: 42,
        proxies: ['eu-west', 'eu-north'],
        imageId: 'ami-0123456789abcdef0',
        dryRun: true,
      },
      json: true,
      report: 'r.html',
    });
  });

  test('may join an option and its value', () => {
    expect(parseLine('--seed=0')).toMatchObject({ overrides: { seed: 0 } });
  });

  test.each(['--help', '-h', '--help --nonsense', '--seed x --help'])(
    'asks for help, whatever else it says: %s',
    (line) => {
      expect(parseLine(line)).toBeNull();
    },
  );
});

const known =
  'Known: --scenario, --fleet, --seed, --proxies, --image, --dry-run, --json, --report, --help';

describe('a bad command line', () => {
  // biome-ignore format: one line a case.
  const cases: readonly (readonly [line: string, ...problems: string[]])[] = [
    ['--sceario=x',              `--sceario: unknown option; did you mean --scenario? ${known}`],
    ['--dryrun',                 `--dryrun: unknown option; did you mean --dry-run? ${known}`],
    ['--wombat',                 `--wombat: unknown option. ${known}`],
    ['-x',                       `-x: unknown option. ${known}`],
    ['story.yaml',               'story.yaml: not an option; options start with --, as in --scenario story.yaml'],
    ['--seed',                   '--seed: needs a value; use --seed N'],
    ['--seed=',                  '--seed: needs a value; use --seed N'],
    ['--report --json',          '--report: needs a value; use --report FILE'],
    ['--json=yes',               '--json: takes no value; use --json alone'],
    ['--seed abc',               '--seed: must be a whole number from 0 to 4294967295, such as 42'],
    ['--seed=-1',                '--seed: must be a whole number from 0 to 4294967295, such as 42'],
    ['--seed 4294967296',        '--seed: must be a whole number from 0 to 4294967295, such as 42'],
    ['--proxies a,,b',           '--proxies: must be proxy names separated by commas, without spaces, such as eu-north,eu-west'],
    ['--image latest',           '--image: must be the id of an image, such as ami-0123456789abcdef0'],
    ['--seed 1 --seed 2',        '--seed: given twice; keep one'],
    ['--json --json',            '--json: given twice; keep one'],
    ['--seed x --image y',       '--seed: must be a whole number from 0 to 4294967295, such as 42', '--image: must be the id of an image, such as ami-0123456789abcdef0'],
  ];

  test.each(cases)('%s', (line, ...problems) => {
    expect(problemsIn(line)).toEqual(problems);
  });
});

describe('the help', () => {
  test.each([
    '--help',
    '--scenario FILE',
    '--fleet FILE',
    '--seed N',
    '--proxies a,b',
    '--dry-run',
    '--image ami-…',
    '--json',
    '--report FILE',
  ])('explains %s', (option) => {
    expect(helpText(usage)).toMatch(new RegExp(`^ {2}${option} +\\S`, 'm'));
  });
});
