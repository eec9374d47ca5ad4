import { expect, test } from '@jest/globals';
import { type Options, readWords } from '../../terminal/command-line.ts';

const options: Options = {
  context: { value: 'KEY=VALUE', help: 'a setting', short: 'c', isList: true },
  output: { value: 'FOLDER', help: 'where to' },
  wait: { help: 'wait' },
};

test('an option may be given several times where that is meant, by its letter too', () => {
  const words = readWords(['-c', 'a=1', '--context=b=2', '-cc=3', 'operand'], options);

  expect(words).toEqual({
    values: new Map(),
    lists: new Map([['context', ['a=1', 'b=2', 'c=3']]]),
    switches: new Set(),
    operands: ['operand'],
    problems: [],
  });
});

test('any other is refused the second time', () => {
  const { problems } = readWords(['--output', 'a', '--wait', '--output', 'b', '--wait'], options);

  expect(problems).toEqual(['--output: given twice; keep one', '--wait: given twice; keep one']);
});
