import type { FailureName } from '../../functions/domain/failures.ts';
import { all, choose, is, isPresent, isReady } from '../choices.ts';
import { retries } from '../retries.ts';
import { begin, fail, wait } from '../states.ts';
import { announce, catchTo, failuresLeadTo } from '../tasks.ts';
import { releaseLock } from './lock-item.ts';

/** Once the lock is held, every failure leads here. */
export const { step, poll } = failuresLeadTo('Begin rollback');

const lockLost = 'LockLost' satisfies FailureName;

/** Rolls back, whatever has failed. */
export const rollback = {
  'Begin rollback': begin('rollback', 'Roll back'),
  ...poll('rollBackProxy', {
    titles: ['Roll back', 'Rollback complete?', 'Wait for rollback'],
    timeoutSeconds: 300,
    retry: retries.rollback,
    comment: 'Restores the incumbent first, then the rest, one safe action per call.',
    next: 'Refill proxy',
    exceptions: [catchTo('Lock lost', 'failure', [lockLost])],
    onFailure: 'Announce failed rollback',
    failureInto: 'rollbackFailure',
  }),
  'Refill proxy': step('refillProxy', {
    timeoutSeconds: 900,
    retry: retries.message,
    comment:
      'Katello had filled the replacement, and would skip on the incumbent what it brought there.',
    next: 'Wait for late requests after rollback',
    onFailure: 'Wait for late requests after rollback',
    failureInto: 'refillFailure',
  }),
  'Wait for late requests after rollback': wait(60, 'Release lock after rollback'),
  'Release lock after rollback': releaseLock('Announce rollback'),
  'Announce rollback': announce('announceOutcome', 'Failure to report?'),
  'Failure to report?': choose(
    [
      [isPresent('failure'), 'Rebuild failed'],
      [all(isPresent('refill'), is('refill.status', 'waiting')), 'Begin refill'],
    ],
    'Done',
    'The execution that follows a failed one has nothing to roll back, and follows the refill.',
  ),
  'Begin refill': begin('refill', 'Wait for refill'),
  ...poll('checkRefill', {
    titles: ['Check refill', 'Refill ended?', 'Wait for refill'],
    comment: 'Without the lock: the next rebuild need not wait for a refill.',
    next: [
      [is('refill.status', 'lock-needed'), 'Acquire lock'],
      [isReady('refill'), 'Done'],
    ],
    onFailure: 'Done',
    failureInto: 'refillFailure',
  }),
  'Rebuild failed': fail('failure', 'The rebuild is rolled back; this is its first error.'),
  'Lock lost': fail(
    'failure',
    'The execution that took the lock rolls back and sends the closing message.',
  ),
  'Announce failed rollback': announce(
    'announceOutcome',
    'Rollback failed',
    'The lock stays with this failed execution: the next one takes it over and completes the rollback first.',
  ),
  'Rollback failed': fail('rollbackFailure'),
};
