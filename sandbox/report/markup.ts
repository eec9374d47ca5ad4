import { replaceUnprintable } from '../../functions/domain/printable.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string =>
  replaceUnprintable(text, '\ufffd').replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);

/** Text that is HTML already. Only `html` and `stylesheet` make it, so that whatever else is inserted is escaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Insertable = string | number | Markup | readonly Markup[];

const insert = (value: Insertable): string => {
  if (value instanceof Markup) return value.text;
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  return value.map(({ text }) => text).join('');
};

/** Builds HTML or SVG. What is inserted is escaped, for text and for quoted attributes alike. */
export const html = (parts: TemplateStringsArray, ...values: readonly Insertable[]): Markup =>
  new Markup(
    parts.reduce((text, part, index) => `${text}${insert(values[index - 1] ?? '')}${part}`),
  );

export const nothing = html``;
