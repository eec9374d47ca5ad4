import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type KeptImage, removable } from '../../functions/domain/retention.ts';

const day = (number: number): Date => new Date(Date.UTC(2026, 10, number));
const image = (id: string, state: string | null, createdOn: number): KeptImage => ({
  id,
  state,
  createdAt: day(createdOn),
});
const idsRemoved = (images: readonly KeptImage[], referenced: readonly string[] = []) =>
  removable(images, new Set(referenced), 2, day(20)).map(({ id }) => id);

describe('retention', () => {
  test.each<[string, KeptImage, boolean]>([
    ['keeps the current image', image('it', 'current', 1), false],
    ['keeps a candidate that is fresh', image('it', 'candidate', 20), false],
    ['removes a candidate that nobody will use', image('it', 'candidate', 19), true],
    ['removes a rejected image', image('it', 'rejected', 21), true],
    ['keeps an image whose state it does not know', image('it', null, 1), false],
    ['keeps a proven image below the limit', image('it', 'previous', 1), false],
  ])('%s', (_name, given, isRemoved) => {
    expect(idsRemoved([given])).toEqual(isRemoved ? ['it'] : []);
  });

  test('keeps the newest proven images', () => {
    const proven = [5, 1, 4, 2, 3].map((number) => image(`of-day-${number}`, 'previous', number));

    expect(idsRemoved(proven)).toEqual(['of-day-3', 'of-day-2', 'of-day-1']);
  });

  test('never removes what is referred to, nor the current image', () => {
    const images = fc.uniqueArray(
      fc.record({
        id: fc.integer({ min: 0, max: 30 }).map(String),
        state: fc.constantFrom('current', 'previous', 'candidate', 'rejected', null),
        createdAt: fc.integer({ min: 1, max: 28 }).map(day),
      }),
      { selector: ({ id }) => id },
    );
    fc.assert(
      fc.property(images, fc.array(fc.integer({ min: 0, max: 30 }).map(String)), (all, used) => {
        const removed = removable(all, new Set(used), 2, day(20));
        expect(removed.filter(({ id, state }) => used.includes(id) || state === 'current')).toEqual(
          [],
        );
      }),
    );
  });
});
