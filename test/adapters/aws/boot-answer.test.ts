import { describe, expect, test } from '@jest/globals';
import { asBootReport } from '../../../functions/adapters/aws/boot-answer.ts';
import { NamedFailure } from '../../../functions/domain/failures.ts';

const answer = (cloudInit: string, status: string | null, fields: object = {}): string =>
  JSON.stringify({
    cloudInit,
    boot:
      status === null
        ? null
        : { status, step: 'installer', reason: null, updatedAt: '2026-11-02T01:00:00Z', ...fields },
    logTail: 'the log',
  });

describe('the answer of the boot document', () => {
  test.each([
    ['running', null, { status: 'running', step: null }],
    ['running', 'running', { status: 'running', step: 'installer' }],
    ['running', 'done', { status: 'running', step: 'installer' }],
    ['done', 'done', { status: 'done' }],
    ['degraded', 'done', { status: 'done' }],
    ['running', 'failed', { status: 'failed', reason: 'the boot script reported no reason' }],
    ['done', 'failed', { status: 'failed', step: 'installer', logTail: 'the log' }],
    ['done', null, { status: 'failed', step: 'cloud-init' }],
    ['done', 'running', { status: 'failed', step: 'installer' }],
    ['error', 'done', { status: 'failed', reason: 'cloud-init failed' }],
    ['disabled', null, { status: 'failed', reason: 'cloud-init is disabled in this image' }],
    ['degraded', null, { status: 'failed', step: 'cloud-init' }],
  ])('cloud-init %s, boot script %s', (cloudInit, status, expected) => {
    expect(asBootReport('i-1', `${answer(cloudInit, status)}\n`)).toMatchObject(expected);
  });

  test('holds the certificate that expires first', () => {
    const certificate = { file: 'a.crt', subject: 'CN=a', expiresAt: '2027-01-01T00:00:00Z' };
    const text = JSON.stringify({ ...JSON.parse(answer('done', 'done')), certificate });

    expect(asBootReport('i-1', text)).toEqual({ status: 'done', certificate });
  });

  test.each([
    [['a.example.com'], ['a.example.com']],
    [[], []],
    [null, []],
    [undefined, []],
    [[7], []],
    ['a', []],
  ])('of a failed boot has the names that are missing: %j', (missingNames, expected) => {
    const text = JSON.stringify({ ...JSON.parse(answer('error', 'failed')), missingNames });

    expect(asBootReport('i-1', text)).toMatchObject({ status: 'failed', missingNames: expected });
  });

  test.each([undefined, null, 'a', { file: 'a.crt', subject: 'CN=a', expiresAt: 'soon' }])(
    'is read whatever its certificates are: %j',
    (certificate) => {
      const text = JSON.stringify({ ...JSON.parse(answer('done', 'done')), certificate });

      expect(asBootReport('i-1', text)).toEqual({ status: 'done', certificate: null });
    },
  );

  test.each([
    ['nothing', undefined],
    ['no JSON', 'bash: jq: command not found'],
    ['another shape', '{"cloudInit":"maybe","boot":null,"logTail":""}'],
    ['a boot script that says something else', answer('done', 'perhaps')],
  ])('is not guessed at when it holds %s', (_, output) => {
    const read = () => asBootReport('i-1', output);

    expect(read).toThrow(NamedFailure);
    expect(read).toThrow(/i-1 printed no report/);
  });
});
