import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  candidateDescription,
  candidatePrefix,
  countRequestId,
  derivedId,
  executionNameMax,
  rebuildExecutionName,
  syncRequestId,
} from '../../functions/domain/derived-id.ts';

const parts = fc.array(fc.string(), { maxLength: 4 });

describe('a derived id', () => {
  test('has the shape of a UUID', () => {
    fc.assert(
      fc.property(parts, (given) => {
        expect(derivedId(...given)).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
        );
      }),
    );
  });

  test('is the same for the same parts, and for no others', () => {
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const areSame = JSON.stringify(one) === JSON.stringify(other);
        expect(derivedId(...one) === derivedId(...other)).toBe(areSame);
      }),
    );
  });

  test('does not mistake where one part ends and the next begins', () => {
    expect(derivedId('ab', 'c')).not.toBe(derivedId('a', 'bc'));
  });

  test('stays what it was in earlier versions, so that running rebuilds find their tasks', () => {
    expect(syncRequestId('arn:one', 'fill', 1)).toBe('ea102b26-8874-07bf-e14e-8e66f1450de4');
    expect(countRequestId('arn:one', 'baseline')).toBe('38435722-1562-4e20-9e70-071aa4aa8d2c');
  });
});

test('each attempt of each stage of each execution has a request id of its own', () => {
  const ids = ['arn:one', 'arn:two'].flatMap((execution) =>
    ['fill', 'changeover'].flatMap((stage) =>
      [1, 2].map((attempt) => syncRequestId(execution, stage, attempt)),
    ),
  );

  expect(new Set(ids).size).toBe(8);
});

test('a candidate version is found by the prefix of its description', () => {
  expect(candidateDescription('run-7')).toBe(`${candidatePrefix}run-7`);
});

describe('the name of the execution that rebuilds a proxy', () => {
  const names = fc.stringMatching(/^[\w-]{1,80}$/);
  const proxies = fc.stringMatching(/^[a-z][a-z0-9]{0,31}$/);

  test('is made of both names', () => {
    expect(rebuildExecutionName('manual-20260110T220000', 'eu-north')).toBe(
      'manual-20260110T220000-eu-north',
    );
  });

  test('fits, and ends with the proxy, however long both names are', () => {
    fc.assert(
      fc.property(names, proxies, (fleetExecution, proxy) => {
        const name = rebuildExecutionName(fleetExecution, proxy);

        expect(name.length).toBeLessThanOrEqual(executionNameMax);
        expect(name.endsWith(`-${proxy}`)).toBe(true);
      }),
    );
  });

  test('tells long names apart that begin alike', () => {
    const [one, other] = ['1', '2'].map((end) => 'n'.repeat(79) + end);

    expect(rebuildExecutionName(one ?? '', 'eu-north')).not.toBe(
      rebuildExecutionName(other ?? '', 'eu-north'),
    );
  });
});
