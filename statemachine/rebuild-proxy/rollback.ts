import type { FailureName } from '../../functions/domain/failures.ts';
import { choose, isPresent } from '../choices.ts';
import { begin, fail, wait } from '../states.ts';
import { announce, catchTo, failuresLeadTo } from '../tasks.ts';
import { releaseLock } from './lock-item.ts';

/** Once the lock is held, every failure leads here. */
export const { step, poll } = failuresLeadTo('Begin rollback');

const lockLost = 'LockLost' satisfies FailureName;

/** Everything is put back, whatever has failed. */
export const rollback = {
  'Begin rollback': begin('rollback', 'Roll back'),
  ...poll('rollBackProxy', {
    titles: ['Roll back', 'Rollback complete?', 'Wait for rollback'],
    timeoutSeconds: 300,
    comment: 'The incumbent first, then the rest, one safe move per call.',
    next: 'Wait for late requests after rollback',
    exceptions: [catchTo('Lock lost', 'failure', [lockLost])],
    onFailure: 'Announce failed rollback',
    failureInto: 'rollbackFailure',
  }),
  'Wait for late requests after rollback': wait(60, 'Release lock after rollback'),
  'Release lock after rollback': releaseLock('Announce rollback'),
  'Announce rollback': announce('announceOutcome', 'Failure to report?'),
  'Failure to report?': choose([[isPresent('failure'), 'Rebuild failed']], 'Done'),
  'Rebuild failed': fail('failure', 'Everything is put back; this is the first error.'),
  'Lock lost': fail('failure', 'Whoever has taken the lock puts everything back, and tells.'),
  'Announce failed rollback': announce(
    'announceOutcome',
    'Rollback failed',
    'The lock stays with this dead execution: whoever takes it over puts the rest back first.',
  ),
  'Rollback failed': fail('rollbackFailure'),
};
