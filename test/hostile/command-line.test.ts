import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse as parseRebuilder } from '../../cli/command-line.ts';
import { run } from '../../cli/run.ts';
import { BadInput } from '../../config/problems.ts';
import { intentionOf, usage as sandboxUsage } from '../../sandbox/rehearse/options.ts';
import { readOptions } from '../../terminal/program.ts';
import { type AnyClient, validAnswers } from '../adapters/aws/valid-answers.ts';
import { withFiles } from '../config/files.ts';
import { hostileText, longHostileText, unsafeSigns } from './texts.ts';
import { withOneTextSpoilt } from './values.ts';

const word = fc.oneof(
  fc.constantFrom('plan', 'start', 'status', 'history', 'cancel', 'constructor', '__proto__'),
  fc.constantFrom('--proxies', '--image', '--force', '--limit', '--json', '--help', '--region'),
  fc.constantFrom('--scenario', '--fleet', '--seed', '--report', '--dry-run', '--fleet-name'),
  fc.constantFrom(
    '-h',
    '-hh',
    '-',
    '--',
    '--=',
    '---',
    '--__proto__=1',
    '--constructor',
    '--toString=x',
  ),
  fc.constantFrom(
    '--seed=1',
    '--seed=-1',
    '--seed=99999999999',
    '--proxies=eu-north',
    '--json=yes',
  ),
  fc.constantFrom('1', 'europe', 'eu-north,eu-west', 'ami-0123456789abcdef0', 'eu-central-1'),
  hostileText,
  hostileText.map((text) => `--${text}`),
  fc
    .tuple(fc.constantFrom('--seed', '--limit', '--image', '--region'), longHostileText)
    .map((both) => both.join('=')),
);
const words = fc.array(word, { maxLength: 7 });

/** Every problem is one line that a terminal may show. */
const expectLines = (problems: readonly string[]): void => {
  expect(problems.length).toBeGreaterThan(0);
  for (const line of new BadInput(problems).problems) expect(line).not.toMatch(unsafeSigns);
};

/** The options of the sandbox; `null` when there are none, as the words ask for help or are wrong. */
const givenOptions = (argv: readonly string[]) => {
  try {
    return readOptions(sandboxUsage, argv);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    expectLines(error.problems);
    return null;
  }
};

describe('words of a command line', () => {
  test('are understood by the rebuilder, or told as what is wrong with them', () => {
    const fleet = fc.oneof(fc.constantFrom(undefined, 'europe'), hostileText);
    fc.assert(
      fc.property(words, fleet, (argv, SMART_PROXY_FLEET) => {
        const intention = parseRebuilder(argv, { SMART_PROXY_FLEET });
        if (intention.kind === 'bad-usage') expectLines(intention.problems);
        if (intention.kind !== 'run') return;
        expect(intention.fleetName).toMatch(/^[a-z]([a-z0-9-]*[a-z0-9])?$/);
        expect(intention.region ?? 'eu-north-1').toMatch(/^[a-z-]+-\d$/);
        const {
          limit = 1,
          imageId = null,
          proxies = [],
        } = (intention.call.request ?? {}) as {
          readonly limit?: number;
          readonly imageId?: string | null;
          readonly proxies?: readonly string[];
        };
        expect([limit > 0, limit < 1000]).toEqual([true, true]);
        expect(imageId ?? 'ami-01234567').toMatch(/^ami-[0-9a-f]{8,17}$/);
        for (const name of proxies) expect(name).toMatch(/^[a-z0-9-]+$/);
      }),
      { numRuns: 200 },
    );
  });

  test('are understood by the sandbox, or told as what is wrong with them', () => {
    fc.assert(
      fc.property(words, (argv) => {
        const given = givenOptions(argv);
        if (given === null) return;
        const { seed = 0, proxies = [], imageId = 'ami-01234567' } = intentionOf(given).overrides;
        expect([Number.isInteger(seed), seed >= 0, seed < 2 ** 32]).toEqual([true, true, true]);
        expect(imageId).toMatch(/^ami-[0-9a-f]{8,17}$/);
        for (const name of proxies) expect(name).toMatch(/^[a-z0-9-]+$/);
      }),
      { numRuns: 200 },
    );
  });
});

const text = { Value: 'arn:aws:states:eu-central-1:1:stateMachine:rebuild' };
const isOfFleet = (command: object): boolean => JSON.stringify(command).includes('/config/fleet');

/** Runs a command against an AWS in which one answer is spoilt. */
const called = async (line: string, spoilt: string, answer: () => Promise<unknown>) => {
  const written = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof written) => ({
    columns: 100,
    write: (shown: string): void => {
      written[name] += shown;
    },
  });
  const client: AnyClient = {
    send: (command) => {
      const name = command.constructor.name.replace(/Command$/, '');
      const isName = name === 'GetParameter' && !isOfFleet(command);
      const given =
        name === spoilt
          ? answer()
          : Promise.resolve(isName ? { Parameter: text } : validAnswers[name]);
      return given as Promise<never>;
    },
  };
  const exitCode = await run(line.split(' '), {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    variables: { SMART_PROXY_FLEET: 'europe' },
    connect: () => ({
      clock: { now: () => new Date('2026-11-02T00:00:00Z') },
      sleep: () => Promise.reject(new Error('it waits')),
      autoScaling: client,
      dynamoDb: client,
      ec2: client,
      sfn: client,
      ssm: client,
    }),
  });
  return { exitCode, ...written };
};

describe.each(['status', 'history --limit 3'])('the command %s', (line) => {
  test('is carried out when all is well', async () => {
    expect(await called(line, '', async () => null)).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('shows nothing of an answer that a terminal would obey, whatever its texts are', async () => {
    const commands = Object.keys(validAnswers).filter((name) =>
      /^(Get|List|Describe)(Parameter|Execution|AutoScalingGroups|Instances|Item)/.test(name),
    );
    const error = longHostileText.map((said) => () => Promise.reject(new Error(said)));
    const spoilt = fc.constantFrom(...commands).chain((name) =>
      fc.tuple(
        fc.constant(name),
        fc.oneof(
          error,
          withOneTextSpoilt(validAnswers[name]).map((value) => async () => value),
        ),
      ),
    );
    await fc.assert(
      fc.asyncProperty(spoilt, async ([name, answer]) => {
        const { exitCode, stdout, stderr } = await called(line, name, answer);
        expect([0, 1, 2]).toContain(exitCode);
        expect(stdout.replaceAll('\n', '')).not.toMatch(unsafeSigns);
        expect(stderr.replaceAll('\n', '')).not.toMatch(unsafeSigns);
        expect(exitCode === 0).toBe(stderr === '');
      }),
      { numRuns: 120 },
    );
  });
});

test('a state name that is not a string is reported as an unexpected answer', async () => {
  const events = [{ stateEnteredEventDetails: { name: { toString: null } } }];
  const { exitCode, stderr } = await called('status', 'GetExecutionHistory', async () => ({
    events,
  }));

  expect(exitCode).toBe(1);
  expect(stderr).toContain('a state name that is not a string');
});

test('the sandbox shows a description without the escape sequences in it', () => {
  const scenario = '# A title\u001b]0;pwned\u0007 in red\u001b[31m\nstart: { dryRun: true }\n';
  withFiles({ 'hostile.yaml': scenario }, (pathOf) => {
    const main = fileURLToPath(new URL('../../sandbox/rehearse/main.ts', import.meta.url));
    const argv = [main, '--scenario', pathOf('hostile.yaml')];
    const { status, stdout } = spawnSync(process.execPath, argv, { encoding: 'utf8', env: {} });

    expect(status).toBe(0);
    expect(stdout).toMatch(/^A title in red\n/);
    expect(stdout).not.toContain('\u001b');
  });
});
