import { readFileSync } from 'node:fs';

export interface Section {
  readonly level: number;
  readonly title: string;
  /** The text between this heading and the next one of any level. */
  readonly text: string;
}

/** Fenced code is left out: its comments are not headings, and its brackets are not links. */
const withoutCode = (markdown: string): string => markdown.replace(/^ *```[\s\S]*?^ *```$/gm, '');

export const readMarkdown = (file: string): string => withoutCode(readFileSync(file, 'utf8'));

export const sectionsOf = (markdown: string): readonly Section[] =>
  markdown
    .split(/^(?=#{1,6} )/m)
    .filter((part) => part.startsWith('#'))
    .map((part) => {
      const [heading = '', ...lines] = part.split('\n');
      const [, hashes = '', title = ''] = /^(#+) (.+)$/.exec(heading) ?? [];
      return { level: hashes.length, title, text: lines.join('\n') };
    });

/** The anchor that GitHub gives a heading; a repeated heading gets a number. */
export const anchorsOf = (markdown: string): ReadonlySet<string> => {
  const anchors = new Set<string>();
  for (const { title } of sectionsOf(markdown)) {
    const anchor = title
      .toLowerCase()
      .replace(/[^\p{Letter}\p{Number} _-]/gu, '')
      .replaceAll(' ', '-');
    let unique = anchor;
    for (let again = 1; anchors.has(unique); again += 1) unique = `${anchor}-${again}`;
    anchors.add(unique);
  }
  return anchors;
};

/** The targets of all links that point into this repository. */
export const linksOf = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/\]\(([^()\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));

/** The hosts of all addresses that a page names, whether it links them or not. */
export const hostsOf = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/https?:\/\/([^/\s)`"']+)/g)].map(([, host = '']) =>
    host.replace(/:\d+$/, ''),
  );

/** The cells of every row of every table. */
export const rowsOf = (markdown: string): readonly (readonly string[])[] =>
  [...markdown.matchAll(/^\|(.+)\|$/gm)].map(([, row = '']) =>
    row.split('|').map((cell) => cell.trim()),
  );
