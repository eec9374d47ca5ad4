import { describe, expect, test } from '@jest/globals';
import { parse } from '../../cli/command-line.ts';

const europe = { SMART_PROXY_FLEET: 'europe' };

const parsed = (line: string, variables: Record<string, string> = europe) =>
  parse(line.split(' ').filter(Boolean), variables);

/** The command that a line asks for, and what it asks of it. */
const askedBy = (line: string) => {
  const intention = parsed(line);
  return intention.kind === 'run' ? [intention.command, intention.call.request] : [];
};

const problemsOf = (line: string, variables: Record<string, string> = europe) => {
  const intention = parsed(line, variables);
  return intention.kind === 'bad-usage' ? intention.problems : [];
};

const whoeverIsDue = { proxies: [], imageId: null, force: false };

describe('a command line', () => {
  test.each<[string, string, object | null]>([
    ['', 'status', null],
    ['status', 'status', null],
    ['plan', 'plan', whoeverIsDue],
    ['plan --force', 'plan', { ...whoeverIsDue, force: true }],
    ['start', 'start', { ...whoeverIsDue, wait: false }],
    [
      'start --proxies eu-north,eu-west --image ami-0123456789abcdef0 --wait',
      'start',
      {
        proxies: ['eu-north', 'eu-west'],
        imageId: 'ami-0123456789abcdef0',
        force: false,
        wait: true,
      },
    ],
    ['history', 'history', { proxy: null, limit: 20, all: false }],
    [
      'history --proxy eu-north --limit 5 --all',
      'history',
      { proxy: 'eu-north', limit: 5, all: true },
    ],
    ['cancel', 'cancel', { kind: 'everything' }],
    ['cancel --proxy=eu-north', 'cancel', { kind: 'proxy', proxy: 'eu-north' }],
    ['cancel manual-1', 'cancel', { kind: 'execution', execution: 'manual-1' }],
  ])('%j asks for one thing', (line, command, request) => {
    expect(askedBy(line)).toEqual([command, request]);
  });

  test('names the fleet, over what the environment names', () => {
    expect(parsed('--fleet-name asia status')).toMatchObject({ fleetName: 'asia', region: null });
    expect(parsed('status')).toMatchObject({ fleetName: 'europe' });
    expect(parsed('status --region us-gov-west-1')).toMatchObject({ region: 'us-gov-west-1' });
  });

  test('asks for help, whatever else it says', () => {
    for (const line of ['--help', '-h', 'cancel --help', 'nonsense --help --wait'])
      expect(parsed(line, {})).toEqual({ kind: 'help' });
  });

  test.each([
    [
      'strat',
      'strat: is not a command; did you mean start? Known: plan, start, status, history, cancel',
    ],
    [
      'status --wait',
      '--wait: is not for status, which takes: --fleet-name, --region, --json, --help',
    ],
    ['start --wiat', '--wiat: is not known; did you mean --wait? Known: '],
    ['status now', 'now: is one word too many; options start with --'],
    ['cancel one two', 'two: is one word too many; options start with --'],
    ['start --image', '--image: needs a value; write --image ami-…'],
    ['start --proxies --wait', '--proxies: needs a value; write --proxies a,b'],
    ['start --wait=yes', '--wait: takes no value; write --wait alone'],
    ['start --image 4711', '--image: must be the id of an image, such as ami-0123456789abcdef0'],
    [
      'start --proxies eu-north,',
      '--proxies: must be names of proxies, with commas and without spaces',
    ],
    ['start --wait --wait', '--wait: is given twice; keep one'],
    ['start --force --proxies eu-north', '--force: means every proxy, so leave out --proxies'],
    ['history --limit 0', '--limit: must be a whole number from 1 to 999, such as 50'],
    [
      'cancel manual-1 --proxy eu-north',
      '--proxy: names what manual-1 names already; keep one of them',
    ],
    ['status --region europe', '--region: must be an AWS region, such as eu-central-1'],
    ['status --fleet-name Europe', '--fleet-name: must be the name of a fleet'],
  ])('%j is refused with the fix', (line, problem) => {
    expect(problemsOf(line)).toEqual([expect.stringContaining(problem)]);
  });

  test('needs the name of a fleet, from one place or the other', () => {
    expect(problemsOf('status', {})).toEqual([
      '--fleet-name: is missing; write --fleet-name NAME, or set SMART_PROXY_FLEET',
    ]);
    expect(problemsOf('status', { SMART_PROXY_FLEET: 'Europe!' })).toEqual([
      expect.stringMatching(/^SMART_PROXY_FLEET: must be the name of a fleet/),
    ]);
  });

  test('is told everything that is wrong with it at once', () => {
    expect(problemsOf('start now --image 4711 --limit 3 --speed fast', {})).toHaveLength(6);
  });
});
