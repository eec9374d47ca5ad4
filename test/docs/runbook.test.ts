import { describe, expect, test } from '@jest/globals';
import { failures } from '../../functions/domain/failures.ts';
import { anchorsOf, readMarkdown, rowsOf, sectionsOf } from './markdown.ts';

const runbook = readMarkdown('docs/runbook.md');
const names = Object.keys(failures);

/** Headings that are code only are the names of failures. */
const sections = sectionsOf(runbook).flatMap(({ title, text }) => {
  const [, name] = /^`(.+)`$/.exec(title) ?? [];
  return name === undefined ? [] : [{ name, text }];
});

describe('the runbook', () => {
  test('has a section for every failure, and no other', () => {
    expect(sections.map(({ name }) => name).sort()).toEqual([...names].sort());
  });

  test('has the sections in the order of the failures', () => {
    expect(sections.map(({ name }) => name)).toEqual(names);
  });

  test.each(names)('has the anchor of %s', (name) => {
    expect(anchorsOf(runbook)).toContain(name.toLowerCase());
  });

  test.each([
    'rollback',
    'failover',
    'maintenance window',
    'freeze',
    'outage',
    'canary',
    'preflight',
    'drain',
    'retry',
  ])('leads a reader who looks for %s to a section', (word) => {
    const row = rowsOf(runbook).find(([words = '']) => words.split(/[,;] /).includes(word));

    expect(row?.[1]).toMatch(/\]\(#[^)]+\)/);
  });

  test.each(sections)('explains $name, and says what to check and what to do', ({ text }) => {
    const parts = [...text.matchAll(/^- \*\*(.+?)\*\*: \S/gm)].map(([, part]) => part);

    expect(parts).toEqual(['Means', 'State', 'Check', 'Do']);
  });
});
