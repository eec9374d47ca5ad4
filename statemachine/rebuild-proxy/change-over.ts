import { all, isNull, isReady } from '../choices.ts';
import { begin, succeed, wait } from '../states.ts';
import { announce } from '../tasks.ts';
import { releaseLock } from './lock-item.ts';
import { poll, step } from './rollback.ts';

/** The replacement takes over from the incumbent, and the rebuild is completed. */
export const changeOver = {
  'Begin admission': begin('admit', 'Admit replacement'),
  ...poll('admitReplacement', {
    titles: ['Admit replacement', 'Healthy on every listener?', 'Wait for health'],
    timeoutSeconds: 300,
    comment: 'First waits for running jobs, as long as the fleet file says.',
    choiceComment:
      'A proxy that is not registered in Katello yet cannot be filled; register it first.',
    next: [
      [all(isReady('admit'), isNull('plan.capsuleId')), 'Begin settling'],
      [isReady('admit'), 'Begin standby'],
    ],
  }),
  'Begin standby': begin('standby', 'Move incumbent to Standby'),
  ...poll('standByIncumbent', {
    titles: ['Move incumbent to Standby', 'Incumbent drained?', 'Wait for drain'],
    comment: 'Out of the load balancer but running: returning it to service takes one call.',
    next: 'Begin changeover',
  }),
  'Begin changeover': begin('changeover', 'Move control name'),
  'Begin soak': begin('soak', 'Soak'),
  Soak: wait('standby.soakSeconds', 'Confirm replacement'),
  ...poll('admitReplacement', {
    titles: ['Confirm replacement', 'Still healthy?', 'Wait for recovery'],
    timeoutSeconds: 300,
    next: 'Begin retirement',
  }),
  'Begin retirement': begin('retire', 'Retire incumbent'),
  ...poll('retireIncumbent', {
    titles: ['Retire incumbent', 'Incumbent retired?', 'Wait for retirement'],
    next: 'Begin settling',
  }),
  'Begin settling': begin('settle', 'Settle proxy'),
  'Settle proxy': step('settleProxy', {
    comment:
      'Publishes the image for this proxy and restores sizes, processes and the launch template.',
    next: 'Wait for late requests',
  }),
  'Wait for late requests': wait(
    60,
    'Release lock',
    'A function that timed out may still have a request in flight. While the lock is held, that request can only repeat what is already done.',
  ),
  'Release lock': releaseLock('Announce outcome'),
  'Announce outcome': announce('announceOutcome', 'Done', 'A Slack outage changes nothing else.'),
  Done: succeed(),
};
