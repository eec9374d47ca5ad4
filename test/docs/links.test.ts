import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { anchorsOf, linksOf, readMarkdown } from './markdown.ts';

const pages = ['README.md', ...readdirSync('docs').map((file) => `docs/${file}`)].filter((file) =>
  file.endsWith('.md'),
);

/** Pages that are still to be written. */
const awaited = new Set(
  ['deployment', 'ports', 'operations', 'image', 'cli', 'fidelity', 'reliability'].map(
    (name) => `docs/${name}.md`,
  ),
);

const problemOf = (page: string, link: string): string | null => {
  const [path = '', anchor] = link.split('#');
  const file = path === '' ? page : normalize(join(dirname(page), path));
  if (!existsSync(file)) return awaited.has(file) ? null : `${link}: there is no ${file}`;
  if (anchor === undefined || !file.endsWith('.md')) return null;
  return anchorsOf(readMarkdown(file)).has(anchor) ? null : `${link}: ${file} has no such heading`;
};

describe('every link', () => {
  test.each(pages)('of %s leads to a file or a heading', (page) => {
    const problems = linksOf(readMarkdown(page)).map((link) => problemOf(page, link));

    expect(problems.filter((problem) => problem !== null)).toEqual([]);
  });
});
