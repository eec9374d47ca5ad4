import { NamedFailure } from './failures.ts';
import type { ProxyRecord } from './record.ts';

const dayMs = 86_400_000;

/** The attempts of the last 24 hours, including this execution. */
export const attemptsWith = (
  record: ProxyRecord,
  execution: string,
  now: Date,
): ProxyRecord['attempts'] => {
  const recent = record.attempts.filter(({ at }) => now.getTime() - Date.parse(at) < dayMs);
  const isKnown = recent.some((attempt) => attempt.execution === execution);
  return isKnown ? recent : [...recent, { execution, at: now.toISOString() }];
};

/** Heals and rebuilds share one budget, so that a bad image cannot replace instances forever. */
export const assertBudget = (attempts: ProxyRecord['attempts'], perDay: number): void => {
  if (attempts.length <= perDay) return;
  throw new NamedFailure(
    'BudgetSpent',
    `${perDay} rebuilds and heals of this proxy were started within 24 hours (cycle.attemptsPerDay); find out why they were needed before starting another`,
  );
};
