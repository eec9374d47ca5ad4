import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { readFleetFile } from '../../config/fleet-file.ts';
import { BadInput } from '../../config/problems.ts';
import { contextSchema, readSettings } from '../../infra/settings.ts';

const problemsOf = (read: () => unknown): readonly string[] => {
  try {
    read();
  } catch (error) {
    if (error instanceof BadInput) return error.problems;
    throw error;
  }
  return [];
};

const settingsProblems = (context: Readonly<Record<string, unknown>>) =>
  problemsOf(() => readSettings((key) => context[key]));

test('without a word, the example fleet is deployed to wherever the credentials lead', () => {
  expect(readSettings(() => undefined)).toMatchObject({
    fleet: { fleet: 'europe' },
    logRetentionDays: 90,
    operatingSystem: 'rhel9',
  });
});

test('numbers of the command line, which are text, are read as numbers', () => {
  expect(readSettings((key) => ({ logRetentionDays: '30' })[key])).toMatchObject({
    logRetentionDays: 30,
  });
});

test('every problem is reported at once', () => {
  expect(
    settingsProblems({ account: '12', region: 'Frankfurt', operatingSystem: 'rhel8' }),
  ).toEqual([
    '-c account: must be twelve digits',
    '-c region: must be a region, such as eu-central-1',
    '-c operatingSystem: must be one of: rhel9, almalinux9, rocky9; did you mean rhel9?',
  ]);
});

test('a key is given by its own ARN, which policies and grants know it by', () => {
  const alias = 'arn:aws:kms:eu-central-1:123456789012:alias/images';

  expect(settingsProblems({ imageKey: alias, secretsKey: alias })).toEqual([
    expect.stringMatching(/^-c secretsKey: must be the ARN of a KMS key/),
    expect.stringMatching(/^-c imageKey: must be the ARN of a KMS key/),
  ]);
});

test('a bad fleet file fails with the words that everything else has for it', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'fleet-')), 'fleet.yaml');
  const example = readFileSync(new URL('../../examples/fleet.yaml', import.meta.url), 'utf8');
  writeFileSync(path, example.replace('canary: eu-north', 'canary: eu-nort'));

  expect(settingsProblems({ fleet: path })).toEqual(problemsOf(() => readFleetFile(path)));
  expect(settingsProblems({ fleet: path })).toHaveLength(1);
});

describe('docs/deployment.md', () => {
  const page = readFileSync(new URL('../../docs/deployment.md', import.meta.url), 'utf8');

  test.each(Object.keys(contextSchema.shape))('explains the setting %s', (key) => {
    expect(page).toContain(`| \`${key}\` |`);
  });
});

describe('npx cdk', () => {
  test('finds every stack of the fleet', () => {
    const cdk = fileURLToPath(new URL('../../node_modules/aws-cdk/bin/cdk', import.meta.url));
    const output = mkdtempSync(join(tmpdir(), 'cdk-ls-'));
    const listed = execFileSync(process.execPath, [cdk, 'ls', '--output', output], {
      cwd: new URL('../../', import.meta.url),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true', CDK_VALIDATION: 'false' },
    });

    expect(listed).toMatch(/Shared/);
    expect(listed).toMatch(/Controller/);
    expect(listed).toMatch(/Proxy-eu-north/);
  }, 120_000);
});

describe('npm run synth', () => {
  const synth = (...argv: readonly string[]) => {
    const root = new URL('../../', import.meta.url);
    try {
      const output = execFileSync(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', 'infra/synth.ts', ...argv],
        { cwd: root, encoding: 'utf8', stdio: 'pipe', env: { PATH: process.env['PATH'] } },
      );
      return { status: 0, output };
    } catch (error) {
      const { status, stderr } = error as { status: number; stderr: string };
      return { status, output: stderr };
    }
  };

  test('writes every template, which fits the schemas that CloudFormation publishes', () => {
    const output = mkdtempSync(join(tmpdir(), 'cdk-out-'));
    const result = synth('--output', output);
    expect(result.output).toContain('smart-proxy-controller-europe');
    expect(result.status).toBe(0);
  }, 120_000);

  test.each([
    ['a key without a value', ['-c', 'fleet'], '--context: "fleet" must be KEY=VALUE'],
    ['an option that it does not know', ['--fleet', 'x'], '--fleet: unknown option'],
    ['a file that is not there', ['-c', 'fleet=nowhere.yaml'], 'nowhere.yaml: does not exist'],
  ])('refuses %s', (_, argv, words) => {
    const result = synth(...argv);

    expect(result.status).toBe(2);
    expect(result.output).toContain(words);
  });
});
