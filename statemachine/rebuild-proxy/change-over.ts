import { all, isNull, isReady } from '../choices.ts';
import { begin, succeed, wait } from '../states.ts';
import { announce } from '../tasks.ts';
import { releaseLock } from './lock-item.ts';
import { poll, step } from './restore.ts';

/** The replacement takes over from the incumbent, and the rebuild comes to its end. */
export const changeOver = {
  'Begin to admit': begin('admit', 'Admit the replacement'),
  ...poll('admitReplacement', {
    titles: ['Admit the replacement', 'Is it healthy on every listener?', 'Wait for its health'],
    choiceComment:
      'A proxy that Katello does not know yet cannot be filled; it is registered first.',
    next: [
      [all(isReady('admit'), isNull('plan.capsuleId')), 'Begin to settle'],
      [isReady('admit'), 'Begin to stand the incumbent by'],
    ],
  }),
  'Begin to stand the incumbent by': begin('standby', 'Stand the incumbent by'),
  ...poll('standByIncumbent', {
    titles: ['Stand the incumbent by', 'Does it stand by?', 'Wait for it to drain'],
    comment: 'Out of the load balancer, but alive: from here the way back is one call.',
    next: 'Begin the change-over',
  }),
  'Begin the change-over': begin('changeover', 'Point the control name at it'),
  'Begin to soak': begin('soak', 'Soak'),
  Soak: wait('standby.soakSeconds', 'Confirm the replacement'),
  ...poll('admitReplacement', {
    titles: ['Confirm the replacement', 'Is it still healthy?', 'Wait for its health to return'],
    next: 'Begin to retire',
  }),
  'Begin to retire': begin('retire', 'Retire the incumbent'),
  ...poll('retireIncumbent', {
    titles: ['Retire the incumbent', 'Is it gone?', 'Wait for it to go'],
    next: 'Begin to settle',
  }),
  'Begin to settle': begin('settle', 'Settle'),
  Settle: step('settleProxy', {
    comment:
      'Publishes the image for this proxy and puts sizes, processes and the launch template in order.',
    next: 'Wait for late requests',
  }),
  'Wait for late requests': wait(
    60,
    'Release the lock',
    'A function that was cut off may have one on its way. While the lock is held, it can only repeat what is done.',
  ),
  'Release the lock': releaseLock('Tell Slack how it ended'),
  'Tell Slack how it ended': announce(
    'announceOutcome',
    'Done',
    'Slack being down changes nothing else.',
  ),
  Done: succeed(),
};
