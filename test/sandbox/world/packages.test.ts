import { expect, test } from '@jest/globals';
import { Random } from '../../../sandbox/kernel/random.ts';
import { Packages } from '../../../sandbox/world/packages.ts';

const majorsOf = (list: string): readonly number[] =>
  list.split('\n').map((line) => Number(/-(\d+)\.0-1\.el9/.exec(line)?.[1]));

test('an image has no package in an older version than the image before', () => {
  const packages = new Packages(new Random(1));
  const lists = Array.from({ length: 20 }, () => majorsOf(packages.listNow()));

  for (const [index, list] of lists.entries()) {
    const before = lists[index - 1] ?? list;
    expect(list.every((major, place) => major >= (before[place] ?? 0))).toBe(true);
  }
  expect(lists.at(-1)).not.toEqual(lists[0]);
});
