import { describe, expect, test } from '@jest/globals';
import { assertBudget, attemptsWith } from '../../functions/domain/budget.ts';
import { emptyRecord } from '../../functions/domain/record.ts';
import { failureIn } from './failure.ts';

const now = new Date('2026-11-02T12:00:00.000Z');
const hoursAgo = (hours: number): string =>
  new Date(now.getTime() - hours * 3_600_000).toISOString();
const attempts = (...hours: readonly number[]) =>
  hours.map((ago) => ({ execution: `run-${ago}`, at: hoursAgo(ago) }));
const after = (...hours: readonly number[]) =>
  attemptsWith({ ...emptyRecord, attempts: attempts(...hours) }, 'run-now', now);

describe('the attempts of a day', () => {
  test('are those of the last 24 hours and this one', () => {
    expect(after(30, 24, 23, 1).map(({ execution }) => execution)).toEqual([
      'run-23',
      'run-1',
      'run-now',
    ]);
  });

  test('count an execution once, however often it looks', () => {
    const once = after(1);

    expect(attemptsWith({ ...emptyRecord, attempts: once }, 'run-now', now)).toEqual(once);
  });
});

describe('the budget', () => {
  test('allows as many attempts as the fleet file says', () => {
    expect(() => assertBudget(attempts(3, 2, 1, 0), 4)).not.toThrow();
  });

  test('is spent with one more', () => {
    const { name, message } = failureIn(() => assertBudget(attempts(4, 3, 2, 1, 0), 4));

    expect(name).toBe('BudgetSpent');
    expect(message).toContain('4 rebuilds and heals');
  });
});
