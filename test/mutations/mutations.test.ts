import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import type { State } from '../../statemachine/asl.ts';
import { wait } from '../../statemachine/states.ts';
import { allMutations, mutations } from './list.ts';
import { fileOf, mutate } from './mutation.ts';
import { parts } from './scratch-copy.ts';
import { leadElsewhere } from './state-changes.ts';

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
      const text = textOf(fileOf(mutation));

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

  test('refuses one that changes no state, or more than one', () => {
    const aMutation = { name: 'a bug', machine: 'rebuild-proxy', what: 'Something.' } as const;
    const text = JSON.stringify({ States: { One: wait(1, 'Two'), Two: wait(1, 'One') } });
    const slowly = (state: State): State => ({ ...state, Comment: 'slowly' });

    expect(() => mutate({ ...aMutation, change: (state) => state }, text)).toThrow(
      'a bug: changes 0 states of rebuild-proxy, not 1',
    );
    expect(() => mutate({ ...aMutation, change: slowly }, text)).toThrow('changes 2 states');
    expect(mutate({ ...aMutation, change: leadElsewhere('Two', 'One') }, text)).toContain(
      '"Next":"One"},"Two"',
    );
  });
});

test('a copy of the project has everything that its modules import', () => {
  const modules = parts
    .filter((part) => !part.includes('.'))
    .flatMap((part) =>
      readdirSync(part, { recursive: true, encoding: 'utf8' }).map((file) => join(part, file)),
    )
    .filter((file) => file.endsWith('.ts'));
  const missing = modules.flatMap((file) =>
    [...textOf(file).matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)]
      .map(([, name = '']) => join(dirname(file), name))
      .filter((name) => !parts.includes(name.split('/')[0] ?? '')),
  );

  expect(missing).toEqual([]);
});
