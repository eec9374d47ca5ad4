/** An element of a page. `text` is what a reader sees of it, descendants included. */
export interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const voids = new Set(['meta', 'br', 'link', 'img', 'input']);
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
};

const decode = (text: string): string =>
  text.replaceAll(/&([^;]*);/g, (_, name: string) => {
    const sign = entities[name];
    if (sign === undefined) throw new Error(`unknown entity &${name};`);
    return sign;
  });

const attributesIn = (source: string): Record<string, string> =>
  Object.fromEntries(
    [...source.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name, value]) => [
      name,
      decode(value ?? ''),
    ]),
  );

/** Reads the strict part of HTML that the report keeps to: quoted attributes, every element closed. */
export const parse = (page: string): Element => {
  const root: Element = { tag: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const body = page.replace('<!doctype html>', '');
  for (const [, closing, tag = '', rest = '', text] of body.matchAll(
    /<(\/?)([a-z][a-z0-9]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>|([^<]+)|</gi,
  )) {
    if (text !== undefined) {
      for (const each of open) each.text += decode(text);
    } else if (tag === '') {
      throw new Error('a bare < in the page');
    } else if (closing === '/') {
      const last = open.pop();
      if (last?.tag !== tag) throw new Error(`</${tag}> closes <${last?.tag}>`);
    } else {
      const element: Element = { tag, attributes: attributesIn(rest), children: [], text: '' };
      open.at(-1)?.children.push(element);
      const isVoid = voids.has(tag) || ['rect', 'line'].includes(tag);
      if (!isVoid) open.push(element);
    }
  }
  if (open.length !== 1) throw new Error(`<${open.at(-1)?.tag}> is never closed`);
  return root;
};

const classesOf = ({ attributes }: Element): readonly string[] =>
  (attributes['class'] ?? '').split(' ');

/** All descendants with that tag and these classes, written as `g.phase.content`. */
export const all = (within: Element, selector: string): readonly Element[] => {
  const [tag, ...classes] = selector.split('.');
  return within.children.flatMap((child) => {
    const has = classes.every((name) => classesOf(child).includes(name));
    const matches = (tag === '' || child.tag === tag) && has;
    return [...(matches ? [child] : []), ...all(child, selector)];
  });
};

export const one = (within: Element, selector: string): Element => {
  const [only, ...more] = all(within, selector);
  if (only === undefined || more.length > 0) {
    throw new Error(`${more.length + (only === undefined ? 0 : 1)} elements are ${selector}`);
  }
  return only;
};
