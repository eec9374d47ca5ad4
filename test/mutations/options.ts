import { didYouMean } from '../../config/problems.ts';
import { unless, unlessWholeNumber } from '../../terminal/command-line.ts';
import type { Usage } from '../../terminal/program.ts';
import { allMutations } from './list.ts';

const names = allMutations.map(({ name }) => name);

export const usage: Usage = {
  call: 'npm run mutate --',
  purpose:
    'Puts one deliberate bug after the other into a copy of the project and runs the mass ' +
    'simulation on it, with two profiles in turn and seeds from 1 on, until it breaks a ' +
    'promise. Then makes the same runs of the project as it is, for comparison. Bugs that are ' +
    'found seldom are tried only by name.',
  options: {
    only: {
      value: 'NAME',
      isList: true,
      help: 'this bug only; may be given several times',
      problem: (name) =>
        unless(names.includes(name), `no bug is named "${name}"${didYouMean(name, names)}`),
    },
    runs: {
      value: 'N',
      help: 'at most so many runs for each bug (2000)',
      problem: unlessWholeNumber(1, 999_999, 200),
    },
  },
  likely: 'only',
  notes: 'Exit codes: 0 all bugs found, 1 a bug missed or the unchanged copy failed, 2 bad usage.',
};
