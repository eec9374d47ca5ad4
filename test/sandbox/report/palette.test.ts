import { describe, expect, test } from '@jest/globals';
import { palette } from '../../../sandbox/report/palette.ts';

const [lightPart = '', rest = ''] = palette.split('@media');
const darkPart = rest.slice(0, rest.indexOf('}}'));

const colourIn = (part: string, name: string): string => {
  const value = part.match(new RegExp(`--${name}:(#[0-9a-f]+)`))?.[1];
  if (value === undefined) throw new Error(`no colour ${name}`);
  return value.length === 4 ? value.replaceAll(/[0-9a-f]/g, '$&$&') : value;
};

/** Relative luminance and contrast as WCAG 2 defines them. */
const luminance = (hex: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((start) => Number.parseInt(hex.slice(start, start + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (a: string, b: string): number => {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

const texts = ['ink', 'muted', 'good', 'bad', 'incomplete'];
const grounds = ['paper', 'card'];
const themes = { light: lightPart, dark: darkPart };

describe('the palette', () => {
  test.each(
    Object.keys(themes).flatMap((theme) =>
      texts.flatMap((text) => grounds.map((ground) => [theme, text, ground] as const)),
    ),
  )('%s: text in %s is readable on %s', (theme, text, ground) => {
    const part = themes[theme as keyof typeof themes];

    expect(contrast(colourIn(part, text), colourIn(part, ground))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['served', 'incomplete', 'down'])('the strip shows %s on either ground', (view) => {
    for (const part of Object.values(themes)) {
      expect(contrast(colourIn(part, view), colourIn(part, 'card'))).toBeGreaterThanOrEqual(3);
    }
  });

  test('labels are readable on the bars of all phases', () => {
    const bars = [...palette.matchAll(/--phase:(#[0-9a-f]{6})/g)].map(([, colour]) => `${colour}`);

    expect(bars.length).toBeGreaterThanOrEqual(8);
    for (const bar of bars) {
      expect(contrast(bar, colourIn(lightPart, 'on-phase'))).toBeGreaterThanOrEqual(4.5);
    }
  });
});
