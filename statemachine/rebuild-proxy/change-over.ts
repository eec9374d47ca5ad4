import { all, isNull, isReady } from '../choices.ts';
import { begin, succeed, wait } from '../states.ts';
import { announce } from '../tasks.ts';
import { releaseLock } from './lock-item.ts';
import { poll, step } from './rollback.ts';

/** The replacement takes over from the incumbent, and the rebuild comes to its end. */
export const changeOver = {
  'Begin admission': begin('admit', 'Admit replacement'),
  ...poll('admitReplacement', {
    titles: ['Admit replacement', 'Healthy on every listener?', 'Wait for health'],
    choiceComment:
      'A proxy that Katello does not know yet cannot be filled; it is registered first.',
    next: [
      [all(isReady('admit'), isNull('plan.capsuleId')), 'Begin settling'],
      [isReady('admit'), 'Begin standby'],
    ],
  }),
  'Begin standby': begin('standby', 'Move incumbent to Standby'),
  ...poll('standByIncumbent', {
    titles: ['Move incumbent to Standby', 'Incumbent drained?', 'Wait for drain'],
    comment: 'Out of the load balancer, but alive: from here the way back is one call.',
    next: 'Begin changeover',
  }),
  'Begin changeover': begin('changeover', 'Move control name'),
  'Begin soak': begin('soak', 'Soak'),
  Soak: wait('standby.soakSeconds', 'Confirm replacement'),
  ...poll('admitReplacement', {
    titles: ['Confirm replacement', 'Still healthy?', 'Wait for recovery'],
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
      'Publishes the image for this proxy and puts sizes, processes and the launch template in order.',
    next: 'Wait for late requests',
  }),
  'Wait for late requests': wait(
    60,
    'Release lock',
    'A function that was cut off may have one on its way. While the lock is held, it can only repeat what is done.',
  ),
  'Release lock': releaseLock('Announce outcome'),
  'Announce outcome': announce('announceOutcome', 'Done', 'Slack being down changes nothing else.'),
  Done: succeed(),
};
