import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readCase, renderCase } from '../../sandbox/simulate/case-file.ts';
import { simulateOne } from '../../sandbox/simulate/simulate-one.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cases-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const written = (text: string): string => {
  const path = join(folder, 'case.json');
  writeFileSync(path, text);
  return path;
};

describe('a case in a file', () => {
  test('is read as it was written', async () => {
    const { faults } = await simulateOne({ seed: 4 });
    const asked = { seed: 4, profile: 'mixed', faults } as const;

    expect(readCase(written(renderCase(asked)))).toEqual(JSON.parse(JSON.stringify(asked)));
  });

  test.each([
    ['{', 'cannot be read as JSON'],
    ['{"profile": "mixed"}', 'seed: is missing'],
    ['{"seed": 1, "profile": "rough"}', 'profile: must be one of: mixed'],
    ['{"seed": 1, "faults": [{"fault": "instance-dyes"}]}', 'did you mean instance-dies?'],
    ['{"seed": 1, "faults": [{"fault": "stale", "service": "ec2"}]}', 'faults[0].operation'],
    ['{"seed": 1, "faults": [{"fault": "stopped", "times": 1}]}', 'times: is not a known key'],
    ['{"seed": 1, "faults": [{"times": 1}]}', 'faults[0].fault: is missing'],
    ['{"seed": 1, "luck": 2}', 'luck: is not a known key'],
  ])('with %s is refused', (text, problem) => {
    expect(() => readCase(written(text))).toThrow(problem);
  });

  test('that is not there is refused by its name', () => {
    expect(() => readCase(join(folder, 'none.json'))).toThrow('none.json: cannot be read');
  });
});
