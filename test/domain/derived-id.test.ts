import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  candidateDescription,
  candidatePrefix,
  countRequestId,
  derivedId,
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
