import { stripVTControlCharacters } from 'node:util';
import type { Circus } from '@jest/types';
import { TestEnvironment } from 'jest-environment-node';
import { type Deviation, deviations } from './deviations.ts';
import type { EmulatorName } from './emulator.ts';

/**
 * Turns the cases round that the table of deviations names: such a case must fail, and for the reason that
 * the table gives. A case that passes, fails otherwise, or does not exist makes the run fail.
 */
export default class DeviatingEnvironment extends TestEnvironment {
  readonly #table: Readonly<Record<string, Deviation>>;

  constructor(...args: ConstructorParameters<typeof TestEnvironment>) {
    super(...args);
    const emulator = args[0].projectConfig.globals['emulator'] as { readonly name: EmulatorName };
    this.#table = deviations[emulator.name];
  }

  handleTestEvent(event: Circus.AsyncEvent | Circus.SyncEvent, state: Circus.State): void {
    if (event.name === 'run_start') {
      const names = namesIn(state.rootDescribeBlock);
      for (const name of Object.keys(this.#table).filter((listed) => !names.includes(listed))) {
        throw new Error(`The table of deviations names a case that does not exist: ${name}`);
      }
    }
    if (event.name === 'test_done') this.#judge(event.test);
  }

  #judge(test: Circus.TestEntry): void {
    const deviation = this.#table[nameOf(test)];
    if (deviation === undefined) return;
    const said = test.errors.map(textOf).join('\n');
    if (test.errors.length === 0) {
      test.errors.push(new Error('This case is listed as deviating, but passes: strike it off'));
    } else if (deviation.says.test(said)) {
      test.errors = [];
    } else {
      test.errors.push(new Error(`This case does not fail in the way listed: ${deviation.says}`));
    }
  }
}

const nameOf = ({ name, parent }: Circus.TestEntry | Circus.DescribeBlock): string =>
  parent === undefined || parent.parent === undefined ? name : `${nameOf(parent)}: ${name}`;

const namesIn = (block: Circus.DescribeBlock): readonly string[] =>
  block.children.flatMap((child) => (child.type === 'test' ? [nameOf(child)] : namesIn(child)));

/** Jest keeps an error alone or beside the place where the test was defined. */
const textOf = (entry: unknown): string => {
  const error: unknown = Array.isArray(entry) ? (entry[0] ?? entry[1]) : entry;
  return error instanceof Error || (typeof error === 'object' && error !== null)
    ? stripVTControlCharacters(String(Reflect.get(error, 'message')))
    : String(error);
};
