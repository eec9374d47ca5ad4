import { is, isReady } from '../choices.ts';
import { begin, wait } from '../states.ts';
import { announce } from '../tasks.ts';
import { poll } from './restore.ts';

/** Preflight; what an earlier execution has left behind; what the incumbent holds. */
export const inspect = {
  'Begin to inspect': begin('inspect', 'Inspect the proxy'),
  ...poll('inspectProxy', {
    titles: ['Inspect the proxy', 'Is it ready for a rebuild?', 'Wait for a foreign sync'],
    timeoutSeconds: 300,
    comment: 'Preflight, and the restore point: from here on everything can be put back.',
    next: [
      [isReady('plan'), 'Count what the incumbent holds'],
      [is('plan.status', 'leftovers'), 'Begin to put back what was left behind'],
      [is('plan.status', 'nothing-to-do'), 'Release the lock'],
    ],
  }),
  'Begin to put back what was left behind': begin('restore', 'Put back what was left behind'),
  ...poll('restoreProxy', {
    titles: [
      'Put back what was left behind',
      'Is it all put back?',
      'Wait for what was left behind',
    ],
    timeoutSeconds: 300,
    comment: 'An earlier execution was cut off in the middle.',
    next: 'Wait for late requests of before',
  }),
  'Wait for late requests of before': wait(60, 'Tell Slack what was put back first'),
  'Tell Slack what was put back first': announce(
    'announceLeftovers',
    'Begin to inspect',
    'Closes the rebuild that was cut off.',
  ),
  ...poll('countBaseline', {
    titles: ['Count what the incumbent holds', 'Is it counted?', 'Wait for the count'],
    timeoutSeconds: 300,
    next: 'Begin to launch',
  }),
};
