import { describe, expect, test } from '@jest/globals';
import { adviceFor } from '../../functions/domain/advice.ts';
import { failures, isFailureName } from '../../functions/domain/failures.ts';

const names = Object.keys(failures);

describe('advice', () => {
  test.each(names)('for %s is a sentence', (name) => {
    expect(adviceFor(name)).toMatch(/^[A-Z].{15,}\.$/);
  });

  test('is the same for no two failures', () => {
    expect(new Set(names.map(adviceFor)).size).toBe(names.length);
  });

  test.each(['States.Runtime', 'Unknown', '', 'toString', '__proto__'])(
    'for "%s", which is not ours, is to look into the execution',
    (name) => {
      expect(isFailureName(name)).toBe(false);
      expect(adviceFor(name)).toMatch(/^Open the execution/);
    },
  );
});
