import type { FailureName } from '../../functions/domain/failures.ts';
import { choose, isPresent } from '../choices.ts';
import { begin, fail, wait } from '../states.ts';
import { announce, catchTo, failuresLeadTo } from '../tasks.ts';
import { releaseLock } from './lock-item.ts';

/** Once the lock is held, every failure leads here. */
export const { step, poll } = failuresLeadTo('Begin to put everything back');

const lockLost = 'LockLost' satisfies FailureName;

/** Everything is put back, whatever has failed. */
export const restore = {
  'Begin to put everything back': begin('restore', 'Put everything back'),
  ...poll('restoreProxy', {
    titles: ['Put everything back', 'Is everything put back?', 'Wait for it to be put back'],
    timeoutSeconds: 300,
    comment: 'The incumbent first, then the rest, one safe move per call.',
    next: 'Wait for late requests after putting back',
    exceptions: [catchTo('Another execution has taken over', 'failure', [lockLost])],
    onFailure: 'Tell Slack that putting back failed',
    failureInto: 'restoreFailure',
  }),
  'Wait for late requests after putting back': wait(60, 'Release the lock after putting back'),
  'Release the lock after putting back': releaseLock('Tell Slack what was put back'),
  'Tell Slack what was put back': announce('announceOutcome', 'Had the rebuild failed?'),
  'Had the rebuild failed?': choose([[isPresent('failure'), 'The rebuild has failed']], 'Done'),
  'The rebuild has failed': fail('failure', 'Everything is put back; this is the first error.'),
  'Another execution has taken over': fail(
    'failure',
    'Whoever has taken the lock puts everything back, and tells.',
  ),
  'Tell Slack that putting back failed': announce(
    'announceOutcome',
    'Putting back has failed',
    'The lock stays with this dead execution: whoever takes it over puts the rest back first.',
  ),
  'Putting back has failed': fail('restoreFailure'),
};
