import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const bin = fileURLToPath(new URL('../../cli/bin.mjs', import.meta.url));

/** No settings of whoever runs the tests, so that nothing can be called. */
const nowhere = {
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
};

/** Calls the command as a shell does, from another folder and without the scripts of npm. */
const call = (...words: readonly string[]) => {
  const env = { PATH: process.env['PATH'], SMART_PROXY_FLEET: '', ...nowhere };
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...words], {
    cwd: '/',
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

describe('the command of a checkout', () => {
  test('hands on words, output and exit code', () => {
    expect(call('--help')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Usage: /),
      stderr: '',
    });
    expect(call('status')).toEqual({
      status: 2,
      stdout: '',
      stderr: '--fleet-name: missing; use --fleet-name NAME or set SMART_PROXY_FLEET\n',
    });
  });

  test('says which setting is missing before AWS can be called', () => {
    const { status, stderr } = call('status', '--fleet-name', 'europe');

    expect(status).toBe(2);
    expect(stderr).toBe('--region: missing; use --region NAME or set AWS_REGION\n');
  });
});
