import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ContentCounts } from '../../functions/domain/content-counts.ts';
import { describeShortfalls, shortfalls, total } from '../../functions/domain/content-verdict.ts';

const rhel = (rpm: number, erratum = 100): ContentCounts => ({
  'Production/RHEL 9': { rpm, erratum },
});

describe('a rebuilt proxy', () => {
  test.each<[string, ContentCounts, ContentCounts, number, number]>([
    ['with the same content falls short of nothing', rhel(1000), rhel(1000), 0.02, 0],
    ['with more content falls short of nothing', rhel(1000), rhel(5000), 0.02, 0],
    ['may hold a little less', rhel(1000), rhel(980), 0.02, 0],
    ['may not hold any less than that', rhel(1000), rhel(979), 0.02, 1],
    ['without tolerance may hold nothing less', rhel(1000), rhel(999), 0, 1],
    ['that is empty lacks every type', rhel(1000), {}, 0.5, 2],
    ['without a type is short of it', rhel(1000), { 'Production/RHEL 9': { rpm: 1000 } }, 0.5, 1],
    ['is not asked for what was empty before', rhel(0, 0), {}, 0, 0],
    ['is not measured by a past that is unknown', {}, {}, 0, 0],
    ['does not make up for one type by another', rhel(1000), rhel(9000, 0), 0.02, 1],
  ])('%s', (_name, before, after, tolerance, count) => {
    expect(shortfalls(before, after, tolerance)).toHaveLength(count);
  });

  const counts = fc.dictionary(fc.string(), fc.dictionary(fc.string(), fc.nat(100_000)));

  test('never falls short of itself', () => {
    fc.assert(
      fc.property(counts, fc.double({ min: 0, max: 0.5, noNaN: true }), (held, tolerance) => {
        expect(shortfalls(held, held, tolerance)).toEqual([]);
      }),
    );
  });

  test('that is empty falls short of every type that was not', () => {
    fc.assert(
      fc.property(counts, (held) => {
        const lost = shortfalls(held, {}, 0.5).reduce((sum, { before }) => sum + before, 0);
        expect(lost).toBe(total(held));
      }),
    );
  });
});

describe('the words for shortfalls', () => {
  test('name the worst first', () => {
    const found = shortfalls(rhel(1000, 100), rhel(900, 10), 0);

    expect(describeShortfalls(found, { 'Production/RHEL 9': 'BaseOS' })).toBe(
      'BaseOS: rpm 1000 -> 900; BaseOS: erratum 100 -> 10',
    );
  });

  test('name five and count the others', () => {
    const views = Array.from({ length: 8 }, (_, index) => [`view ${index}`, { rpm: 10 }]);

    const words = describeShortfalls(shortfalls(Object.fromEntries(views), {}, 0), {});

    expect(words.split('; ')).toHaveLength(6);
    expect(words).toMatch(/; and 3 more$/);
  });
});

test('the total adds up every type of every view', () => {
  expect(total({ a: { rpm: 1, file: 2 }, b: { rpm: 4 } })).toBe(7);
  expect(total({})).toBe(0);
});
