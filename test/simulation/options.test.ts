import { describe, expect, test } from '@jest/globals';
import { intentionOf, usage } from '../../sandbox/simulate/options.ts';
import { helpText, readOptions } from '../../terminal/program.ts';

const parse = (argv: readonly string[]) => {
  const words = readOptions(usage, argv);
  return words && intentionOf(words);
};

describe('the command line of the simulation', () => {
  test('without a word asks for a hundred mixed worlds from seed 1 on', () => {
    expect(parse([])).toMatchObject({
      firstSeed: 1,
      runs: 100,
      profile: 'mixed',
      minutes: Number.POSITIVE_INFINITY,
      enumerate: null,
    });
  });

  test('takes what it is given', () => {
    const words = [
      '--runs',
      '7',
      '--seed',
      '0',
      '--profile',
      'calm',
      '--minutes',
      '3',
      '--verbose',
    ];

    expect(parse(words)).toMatchObject({
      firstSeed: 0,
      runs: 7,
      profile: 'calm',
      minutes: 3,
      isVerbose: true,
    });
    expect(parse(['--seed', 'fresh'])?.firstSeed).toBe('fresh');
    expect(parse(['--exhaustive'])?.enumerate).toBe('singles');
    expect(parse(['--pairs'])?.enumerate).toBe('pairs');
    expect(parse(['--replay', 'a.json', '--report', 'a.html'])).toMatchObject({
      replay: 'a.json',
      report: 'a.html',
    });
  });

  test('may ask for help, which names every option', () => {
    expect(parse(['--help'])).toBeNull();
    expect(helpText(usage)).toContain('--exhaustive');
  });

  test.each([
    [['--runs', '0'], '--runs: must be a whole number'],
    [['--seed', '4294967296'], '--seed: must be a whole number'],
    [['--profile', 'rough'], '--profile: must be one of: mixed'],
    [['--report', 'a.html'], '--report: needs a single run'],
    [['--pairs', '--exhaustive'], '--exhaustive: cannot be combined with --pairs'],
    [['--replay', 'a.json', '--seed', '3'], '--seed: cannot be combined with --replay'],
    [['--exhaustive', '--minutes', '3'], '--minutes: cannot be combined with --exhaustive'],
    [['out/seed-1.json'], 'out/seed-1.json: not an option'],
    [['--reply', 'a.json'], 'did you mean --replay?'],
  ])('%j is refused', (words, problem) => {
    expect(() => parse(words)).toThrow(problem);
  });
});
