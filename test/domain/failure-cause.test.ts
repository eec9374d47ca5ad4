import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readFailure } from '../../functions/domain/failure-cause.ts';

const json = JSON.stringify;
const lambda = json({ errorType: 'SyncPaused', errorMessage: 'task 7 is paused', trace: [] });
const nested = (error: string, cause: string): string =>
  json({ Status: 'FAILED', ExecutionArn: 'arn:one', Error: error, Cause: cause });
const build = (...phases: readonly unknown[]): string => json({ Build: { Phases: phases } });
const installed = { PhaseType: 'INSTALL', PhaseStatus: 'SUCCEEDED' };

describe('a caught failure', () => {
  test.each<[string, Parameters<typeof readFailure>[0], string, string]>([
    [
      'of a function is its message',
      { Error: 'SyncPaused', Cause: lambda },
      'SyncPaused',
      'task 7 is paused',
    ],
    [
      'of a nested execution is the failure in there',
      { Error: 'States.TaskFailed', Cause: nested('ContentMissing', 'rpm 9 -> 0') },
      'ContentMissing',
      'rpm 9 -> 0',
    ],
    [
      'two executions deep is the innermost',
      {
        Error: 'States.TaskFailed',
        Cause: nested('States.TaskFailed', nested('SyncPaused', lambda)),
      },
      'SyncPaused',
      'task 7 is paused',
    ],
    [
      'of a nested execution without a cause keeps its name',
      { Error: 'States.TaskFailed', Cause: json({ Error: 'States.Timeout' }) },
      'States.Timeout',
      '',
    ],
    [
      'of a nested execution that was stopped says so',
      {
        Error: 'States.TaskFailed',
        Cause: json({ ExecutionArn: 'arn:one', Name: 'rebuild-1-eu-north', Status: 'ABORTED' }),
      },
      'States.TaskFailed',
      'rebuild-1-eu-north ended as ABORTED',
    ],
    [
      'of a build names the phase and what it said',
      {
        Error: 'BakeFailed',
        Cause: build(installed, {
          PhaseType: 'BUILD',
          PhaseStatus: 'FAILED',
          Contexts: [{ StatusCode: 'COMMAND_EXECUTION_ERROR', Message: 'exit status 1' }],
        }),
      },
      'BakeFailed',
      'BUILD: exit status 1',
    ],
    [
      'of a build that took too long says so',
      { Error: 'BakeFailed', Cause: build({ PhaseType: 'BUILD', PhaseStatus: 'TIMED_OUT' }) },
      'BakeFailed',
      'BUILD: timed_out',
    ],
    [
      'of a build that does not say which phase is a failed build',
      { Error: 'BakeFailed', Cause: build(installed, { PhaseType: 'COMPLETED' }) },
      'BakeFailed',
      'the build: failed',
    ],
    [
      'of a build is read without the envelope too',
      {
        Error: 'BakeFailed',
        Cause: json({ Phases: [{ PhaseType: 'BUILD', PhaseStatus: 'FAULT' }] }),
      },
      'BakeFailed',
      'BUILD: fault',
    ],
    [
      'in plain words is those words',
      { Error: 'States.Runtime', Cause: 'no $.x' },
      'States.Runtime',
      'no $.x',
    ],
    ['without anything is unknown', {}, 'Unknown', ''],
    [
      'of JSON without a reason is shown as it is',
      { Error: 'Odd', Cause: '{"a":1}' },
      'Odd',
      '{"a":1}',
    ],
  ])('%s', (_name, caught, name, cause) => {
    expect(readFailure(caught)).toEqual({ name, cause });
  });

  test.each([
    ['null'],
    ['[]'],
    ['[null]'],
    ['"text"'],
    ['{"Build":null}'],
    ['{"Phases":[null,7,{"PhaseStatus":"FAILED","PhaseType":{"toString":1},"Contexts":[null]}]}'],
    ['{"Error":7,"Cause":{}}'],
    ['{"errorMessage":["odd"]}'],
  ])('of the shape %s is still readable', (cause) => {
    expect(readFailure({ Error: 'Odd', Cause: cause })).toMatchObject({
      name: 'Odd',
      cause: expect.any(String),
    });
  });

  test('is readable whatever it contains', () => {
    const key = fc.constantFrom('Error', 'Cause', 'errorMessage', 'Build', 'Phases', 'Contexts');
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string(),
        fc.constantFrom(null, 7, true),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(key, tie('value'), { maxKeys: 4 }),
      ),
    })).value;
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          value.map((given) => json(given)),
        ),
        (cause) => {
          const read = readFailure({ Error: 'Odd', Cause: cause });
          expect([typeof read.name, typeof read.cause]).toEqual(['string', 'string']);
        },
      ),
      { numRuns: 300 },
    );
  });
});
