import { NamedFailure } from './failures.ts';
import type { ProxyRecord } from './record.ts';

const dayMs = 86_400_000;

/** Attempts of the last 24 hours, with this execution's own added if it is not there yet. */
export const attemptsWith = (
  record: ProxyRecord,
  execution: string,
  now: Date,
): ProxyRecord['attempts'] => {
  const recent = record.attempts.filter(({ at }) => now.getTime() - Date.parse(at) < dayMs);
  const isKnown = recent.some((attempt) => attempt.execution === execution);
  return isKnown ? recent : [...recent, { execution, at: now.toISOString() }];
};

/** Heals and rebuilds share one budget, so that one bad image cannot replace machines for ever. */
export const assertBudget = (attempts: ProxyRecord['attempts'], perDay: number): void => {
  if (attempts.length <= perDay) return;
  throw new NamedFailure(
    'BudgetSpent',
    `${perDay} rebuilds and heals of this proxy were begun within 24 hours; the controller stops until a person has looked`,
  );
};
