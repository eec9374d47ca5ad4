import { describe, expect, test } from '@jest/globals';
import { assertExecutionName } from '../../../sandbox/aws/execution-names.ts';
import { Executions } from '../../../sandbox/engine/executions.ts';
import { Kernel } from '../../../sandbox/kernel/kernel.ts';
import { place } from '../../../sandbox/world/deployed-fleet.ts';

const executions = () =>
  new Executions({
    kernel: new Kernel(1),
    place,
    fleet: 'europe',
    ledgerTable: 'ledger',
    runTask: () => new Promise(() => undefined),
    watcher: { entered: () => undefined, retried: () => undefined, ended: () => undefined },
  });

describe('the name of an execution', () => {
  test.each([
    ['is empty', ''],
    ['has 81 characters', 'x'.repeat(81)],
    ['has a space', 'rebuild 1'],
    ['has a bracket', 'rebuild[1]'],
    ['has a wildcard', 'rebuild*'],
    ['has a special character', 'rebuild~1'],
    ['has a control character', 'rebuild\u0080'],
  ])('is refused when it %s', (_, name) => {
    expect(() => executions().start('rebuild-fleet', name, {})).toThrow(
      expect.objectContaining({ name: 'InvalidName' }),
    );
  });

  test.each(['x'.repeat(80), 'heal-i-0a1b', 'restore-1+2', 'größe_1'])('may be %s', (name) => {
    expect(() => assertExecutionName(name)).not.toThrow();
  });
});
