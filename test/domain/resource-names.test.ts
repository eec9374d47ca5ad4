import { describe, expect, test } from '@jest/globals';
import { label } from '../../functions/domain/fleet/names.ts';
import { resourceNames } from '../../functions/domain/resource-names.ts';

const { group } = resourceNames;

describe('the name of a group', () => {
  test('tells where the name of the fleet ends', () => {
    expect(group('europe-north', 'west')).not.toBe(group('europe', 'north-west'));
  });

  test('begins with no name of another fleet', () => {
    expect(group('europe-north', 'west').startsWith(group('europe', ''))).toBe(false);
    expect(group('europe', 'north-west').startsWith(group('europe', ''))).toBe(true);
  });

  test.each(['a--b', 'a-', '-a', '--'])('is made of no name such as %s', (name) => {
    expect(label.safeParse(name).success).toBe(false);
  });

  test.each(['a', 'a-b', 'a-1-b2'])('may be made of %s', (name) => {
    expect(label.safeParse(name).success).toBe(true);
  });
});
