import { describe, expect, test } from '@jest/globals';
import { packageChanges } from '../../functions/domain/package-changes.ts';
import { packageFacts } from '../../functions/domain/package-facts.ts';

const factsBetween = (before: readonly string[], after: readonly string[]) =>
  packageFacts(packageChanges(before, after));

describe('what changed since the last image', () => {
  test('names packages relevant to security with their versions, and the rest without', () => {
    const before = ['openssl-3.0-1.x86_64', 'tzdata-1-1.noarch', 'vim-9-1.x86_64'];
    const after = ['openssl-3.1-1.x86_64', 'tzdata-2-1.noarch', 'nano-7-1.x86_64'];

    expect(factsBetween(before, after)).toEqual([
      ['Security (1)', 'openssl 3.0-1 -> 3.1-1'],
      ['Updated (1)', 'tzdata'],
      ['Added (1)', 'nano'],
      ['Removed (1)', 'vim'],
    ]);
  });

  test('names a few of many and counts the others', () => {
    const packages = Array.from({ length: 20 }, (_, index) => `lib${index}-1-1.x86_64`);

    expect(factsBetween([], packages)[0]?.[1]).toMatch(/, and 12 more$/);
  });

  test('says so when nothing changed', () => {
    expect(factsBetween(['a-1-1.x86_64'], ['a-1-1.x86_64'])).toEqual([
      ['Packages', 'unchanged since the last image'],
    ]);
  });
});
