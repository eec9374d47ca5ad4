import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { allMutations, mutations } from './list.ts';
import { mutate } from './mutation.ts';

const textOf = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), 'utf8');

describe('the list of deliberate bugs', () => {
  test('names each of them once', () => {
    expect(mutations.length).toBeGreaterThanOrEqual(28);
    expect(new Set(allMutations.map(({ name }) => name)).size).toBe(allMutations.length);
  });

  test.each(allMutations.map((mutation) => [mutation.name, mutation] as const))(
    'finds the one place of %s in the product, and changes it',
    (_name, mutation) => {
      const text = textOf(mutation.file);

      expect(mutate(mutation, text)).not.toBe(text);
    },
  );

  test('refuses a bug whose place is gone, is not the only one, or stays as it is', () => {
    const aMutation = { name: 'a bug', file: 'a.ts', what: 'Something.', from: 'one', to: 'two' };

    expect(() => mutate(aMutation, 'three')).toThrow('a bug: a.ts no longer holds');
    expect(() => mutate(aMutation, 'one and one')).toThrow('holds the text to replace 2 times');
    expect(() => mutate({ ...aMutation, to: 'one' }, 'one')).toThrow('changes nothing');
    expect(mutate({ ...aMutation, to: '$&' }, 'one')).toBe('$&');
  });
});
