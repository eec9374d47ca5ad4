import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { handlerFor } from '../../functions/lambda/entry.ts';
import { envNames, readSettings } from '../../functions/lambda/env.ts';
import * as everyPort from '../../functions/lambda/ports.ts';
import { type StepName, steps } from '../../functions/steps/register.ts';
import { expectFailure } from '../contracts/failure.ts';
import { failureIn } from '../domain/failure.ts';

const complete = {
  FLEET: 'europe',
  LEDGER_TABLE: 'ledger',
  BOOT_REPORT_DOCUMENT: 'boot-report',
  CONTENT_REPORT_DOCUMENT: 'content-report',
  ARTIFACTS_BUCKET: 'artifacts',
};

describe('the settings of the functions', () => {
  test('are read from the environment', () => {
    expect(readSettings({ ...complete, OTHER: 'x' })).toEqual({
      fleet: 'europe',
      ledgerTable: 'ledger',
      bootReportDocument: 'boot-report',
      contentReportDocument: 'content-report',
      artifactsBucket: 'artifacts',
    });
  });

  test('that are missing or empty are all named at once', () => {
    const { name, message } = failureIn(() => readSettings({ FLEET: 'europe', LEDGER_TABLE: '' }));

    expect(name).toBe('BadFleetConfiguration');
    expect(message).toBe(
      'missing environment variables: LEDGER_TABLE, BOOT_REPORT_DOCUMENT, CONTENT_REPORT_DOCUMENT, ARTIFACTS_BUCKET',
    );
  });
});

describe('the entry of the functions', () => {
  const before = { ...process.env };
  beforeAll(() => {
    Object.assign(process.env, complete);
  });
  afterAll(() => {
    for (const name of Object.values(envNames)) {
      delete process.env[name];
      if (before[name] !== undefined) process.env[name] = before[name];
    }
  });

  test.each(Object.keys(steps) as StepName[])(
    'has a handler for %s, which refuses what is no record and logs one line of JSON',
    async (name) => {
      const lines = jest.spyOn(process.stdout, 'write').mockReturnValue(true);

      const handler = handlerFor(name, steps[name], everyPort);

      await expectFailure(handler('no record'), 'BadRequest', `the input of ${name}`);

      const written = lines.mock.calls.map(([line]) => String(line));
      lines.mockRestore();
      expect(written.map((line) => JSON.parse(line))).toMatchObject([
        { step: name, outcome: 'failed' },
      ]);
    },
  );
});
