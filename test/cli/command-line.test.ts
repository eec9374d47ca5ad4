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
      'strat: unknown command; did you mean start? Known: plan, start, status, history, cancel',
    ],
    [
      'status --wait',
      '--wait: not an option of status, which takes: --fleet-name, --region, --json, --help',
    ],
    ['start --wiat', '--wiat: unknown option; did you mean --wait? Known: '],
    ['status now', 'unexpected argument "now"; options start with --'],
    ['cancel one two', 'unexpected argument "two"; options start with --'],
    ['start --image', '--image: needs a value; use --image ami-…'],
    ['start --proxies --wait', '--proxies: needs a value; use --proxies a,b'],
    ['start --wait=yes', '--wait: takes no value; use --wait alone'],
    ['start --image 4711', '--image: must be the id of an image, such as ami-0123456789abcdef0'],
    [
      'start --proxies eu-north,',
      '--proxies: must be proxy names separated by commas, without spaces',
    ],
    ['start --wait --wait', '--wait: given twice; keep one'],
    [
      'start --force --proxies eu-north',
      '--force: rebuilds every proxy and cannot be combined with --proxies',
    ],
    ['history --limit 0', '--limit: must be a whole number from 1 to 999, such as 50'],
    [
      'cancel manual-1 --proxy eu-north',
      '--proxy: cannot be combined with the execution manual-1; use one of them',
    ],
    ['status --region europe', '--region: must be an AWS region, such as eu-central-1'],
    ['status --fleet-name Europe', '--fleet-name: must be a fleet name'],
  ])('%j is refused with the fix', (line, problem) => {
    expect(problemsOf(line)).toEqual([expect.stringContaining(problem)]);
  });

  test('needs the name of a fleet, from one place or the other', () => {
    expect(problemsOf('status', {})).toEqual([
      '--fleet-name: missing; use --fleet-name NAME or set SMART_PROXY_FLEET',
    ]);
    expect(problemsOf('status', { SMART_PROXY_FLEET: 'Europe!' })).toEqual([
      expect.stringMatching(/^SMART_PROXY_FLEET: must be a fleet name/),
    ]);
  });

  test('gets every problem at once', () => {
    expect(problemsOf('start now --image 4711 --limit 3 --speed fast', {})).toHaveLength(6);
  });
});
