import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { isFailureName } from '../../functions/domain/failures.ts';
import { scheduledFaults } from '../../sandbox/faults/kinds.ts';
import { readMarkdown, rowsOf, sectionsOf } from './markdown.ts';

const page = sectionsOf(readMarkdown('docs/scenarios.md'));

const rowsUnder = (title: string): readonly (readonly string[])[] =>
  rowsOf(page.find((section) => section.title === title)?.text ?? '').slice(2);

const examples = rowsUnder('Examples');
const faults = rowsUnder('Faults');
const files = readdirSync('examples/scenarios').filter((file) => file.endsWith('.yaml'));

const rowOf = (file: string): readonly string[] | undefined =>
  examples.find(([cell]) => cell?.endsWith(`(../examples/scenarios/${file})`));

const sentence = /^[A-Z].{20,}\.$/;

describe('the page about scenarios', () => {
  test.each(files)('shows %s, and what the product does about it', (file) => {
    expect(rowOf(file)?.[2]).toMatch(sentence);
  });

  test('shows no scenario that does not exist', () => {
    expect(examples).toHaveLength(files.length);
  });

  test.each(Object.keys(scheduledFaults))('says what the product does about %s', (fault) => {
    expect(faults.find(([cell]) => cell === `\`${fault}\``)?.[2]).toMatch(sentence);
  });

  test('names only failures that exist', () => {
    const named = [...faults, ...examples].flatMap((row) => [
      ...(row[2] ?? '').matchAll(/`([A-Z]\w+)`/g),
    ]);

    expect(named.map(([, name = '']) => name).filter((name) => !isFailureName(name))).toEqual([]);
  });
});
