import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { anchorsOf, hostsOf, linksOf, readMarkdown } from './markdown.ts';

const pages = [
  ...readdirSync('.'),
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).map((file) => join('docs', file)),
].filter((file) => file.endsWith('.md'));

/** Where a page may send its reader: repositories, and the documentation of what we build on. */
const homes = [
  'github.com',
  'docs.aws.amazon.com',
  'docs.github.com',
  'docs.slack.dev',
  'keepachangelog.com',
  'man7.org',
  'semver.org',
];

/** Addresses that an example shows, which lead nowhere. */
const isExample = (host: string): boolean =>
  host.endsWith('.example.com') || host.endsWith('.console.aws.amazon.com') || host.includes('<');

const problemOf = (page: string, link: string): string | null => {
  const [path = '', anchor] = link.split('#');
  const file = path === '' ? page : normalize(join(dirname(page), path));
  if (!existsSync(file)) return `${link}: there is no ${file}`;
  if (anchor === undefined || !file.endsWith('.md')) return null;
  return anchorsOf(readMarkdown(file)).has(anchor) ? null : `${link}: ${file} has no such heading`;
};

describe('every link', () => {
  test.each(pages)('of %s leads to a file or a heading', (page) => {
    const problems = linksOf(readMarkdown(page)).map((link) => problemOf(page, link));

    expect(problems.filter((problem) => problem !== null)).toEqual([]);
  });

  test.each(pages)('of %s to a project leads to its repository or its documentation', (page) => {
    const strangers = hostsOf(readMarkdown(page))
      .filter((host) => !isExample(host) && !homes.includes(host))
      .map((host) => `${host}: link the repository, or add the documentation's host to homes`);

    expect(strangers).toEqual([]);
  });
});

/** Paths in code spans that start in one of our top folders. */
const pathsIn = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/`((?:[a-z]+)\/[\w./-]+)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => topFolders.has(path.split('/')[0] ?? ''));

const topFolders = new Set(
  readdirSync('.', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name),
);

test.each(pages)('every path that %s names is there', (page) => {
  expect(pathsIn(readMarkdown(page)).filter((path) => !existsSync(path))).toEqual([]);
});
