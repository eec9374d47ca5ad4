import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { bannedTurns } from './banned-turns.ts';

/** The texts that are held to the list, messages and comments in the code included. */
const files = globSync([
  '{CHANGELOG,CONTRIBUTING,README,SECURITY}.md',
  'ansible/**/*.{cfg,ini,json,sed,sh,yaml,yml}',
  '{cli,config,deployment,functions,infra,sandbox,statemachine,terminal}/**/*.ts',
  'docs/*.md',
  'docs/decisions/*.md',
  'examples/**/*.{json,yaml}',
  'packer/**/*.{hcl,sh,txt,yaml,yml}',
  'statemachine/*.asl.json',
  'test/**/*.{py,sh,ts}',
])
  .filter((file) => file !== 'test/docs/banned-turns.ts')
  .sort();

interface Machine {
  readonly States: Readonly<Record<string, { readonly ItemProcessor?: Machine }>>;
}

const titlesOf = ({ States: states }: Machine): readonly string[] =>
  Object.entries(states).flatMap(([title, { ItemProcessor: inner }]) => [
    title,
    ...(inner === undefined ? [] : titlesOf(inner)),
  ]);

const stateTitles = globSync('statemachine/*.asl.json').flatMap((file) =>
  titlesOf(JSON.parse(readFileSync(file, 'utf8'))),
);

const withoutTitles = (text: string): string =>
  stateTitles.reduce((rest, title) => rest.replaceAll(`"${title}"`, '"…"'), text);

/** The text on one line, without comment signs and without the titles of states that it quotes. */
const proseOf = (file: string): string =>
  withoutTitles(readFileSync(file, 'utf8').replaceAll(/\n\s*(?:\/\/|\*|#)?\s*/g, ' '));

const offencesIn = (text: string): readonly string[] =>
  bannedTurns.flatMap(({ turn, instead }) => {
    const found = new RegExp(`.{0,40}${turn.source}.{0,20}`, turn.flags).exec(text);
    return found === null ? [] : [`"…${found[0]}…": write ${instead} instead`];
  });

describe('plain English', () => {
  test.each(bannedTurns)('does not have "$example"', ({ example, instead }) => {
    expect(offencesIn(example).join()).toContain(instead);
  });

  test('may quote the titles of states', () => {
    const quoted = stateTitles.map((title) => `"${title}"`);

    expect(quoted.length).toBeGreaterThan(50);
    expect(offencesIn(withoutTitles(quoted.join(' ')))).toEqual([]);
  });

  test.each(files)('is written in %s', (file) => {
    expect(offencesIn(proseOf(file))).toEqual([]);
  });
});
