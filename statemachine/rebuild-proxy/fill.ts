import { all, choose, is, isPresent, isReady } from '../choices.ts';
import { begin, wait } from '../states.ts';
import { poll, step } from './restore.ts';

const isChangeover = isPresent('phases.changeover');

/** Content for the replacement. The change-over goes the same way once more, when the replacement serves. */
export const fill = {
  'Begin to fill': begin('fill', 'Point the control name at it'),
  ...poll('pointControlName', {
    titles: [
      'Point the control name at it',
      'Does the control name lead to it?',
      'Wait for the name',
    ],
    next: 'Fence it',
  }),
  ...poll('fenceReplacement', {
    titles: ['Fence it', 'Does it alone answer?', 'Wait for the others to fall silent'],
    timeoutSeconds: 300,
    comment: 'Every name that Katello will use must lead to the replacement, and to it alone.',
    next: [
      [all(isReady('fence'), isChangeover), 'Refresh its features'],
      [isReady('fence'), 'Start the sync'],
    ],
  }),
  'Refresh its features': step('refreshFeatures', { timeoutSeconds: 300, next: 'Start the sync' }),
  'Start the sync': step('startSync', {
    timeoutSeconds: 900,
    comment: 'Katello plans the whole sync before it answers: this may take minutes.',
    next: 'Follow the sync',
  }),
  ...poll('checkSync', {
    titles: ['Follow the sync', 'Has it synced?', 'Wait for the sync'],
    next: [
      [isReady('sync'), 'Verify the content'],
      [is('sync.status', 'again'), 'Wait before another sync'],
      [is('sync.status', 'incumbent-lost'), 'Begin to admit'],
    ],
  }),
  'Wait before another sync': wait('sync.waitSeconds', 'Start the sync'),
  'Verify the content': step('verifyContent', {
    timeoutSeconds: 300,
    comment:
      'The gate: counted by Katello on the replacement, compared with what the incumbent held.',
    next: 'Does it hold everything?',
  }),
  'Does it hold everything?': choose(
    [
      [is('content.status', 'waiting'), 'Wait for the new count'],
      [isChangeover, 'Begin to soak'],
    ],
    'Begin to admit',
  ),
  'Wait for the new count': wait('content.waitSeconds', 'Verify the content'),
};
