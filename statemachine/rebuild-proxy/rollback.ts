import type { FailureName } from '../../functions/domain/failures.ts';
import { choose, isPresent } from '../choices.ts';
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
    next: 'Wait for late requests after rollback',
    exceptions: [catchTo('Lock lost', 'failure', [lockLost])],
    onFailure: 'Announce failed rollback',
    failureInto: 'rollbackFailure',
  }),
  'Wait for late requests after rollback': wait(60, 'Release lock after rollback'),
  'Release lock after rollback': releaseLock('Announce rollback'),
  'Announce rollback': announce('announceOutcome', 'Failure to report?'),
  'Failure to report?': choose([[isPresent('failure'), 'Rebuild failed']], 'Done'),
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
