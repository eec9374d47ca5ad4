import { all, choose, is, isPresent, isReady } from '../choices.ts';
import { begin, wait } from '../states.ts';
import { poll, step } from './rollback.ts';

const isChangeover = isPresent('phases.changeover');

/**
 * Fills the replacement with content. The changeover runs through these states once more when the replacement
 * serves.
 */
export const fill = {
  'Begin fill': begin('fill', 'Move control name'),
  ...poll('pointControlName', {
    titles: ['Move control name', 'Control name moved?', 'Wait for control name'],
    next: 'Fence replacement',
  }),
  ...poll('fenceReplacement', {
    titles: ['Fence replacement', 'Fenced?', 'Wait for fence'],
    timeoutSeconds: 300,
    comment: 'Every name that Katello will use must lead to the replacement only.',
    next: [
      [all(isReady('fence'), isChangeover), 'Refresh features'],
      [isReady('fence'), 'Start sync'],
    ],
  }),
  'Refresh features': step('refreshFeatures', { timeoutSeconds: 300, next: 'Start sync' }),
  'Start sync': step('startSync', {
    timeoutSeconds: 900,
    comment: 'Katello plans the whole sync before it answers, which may take minutes.',
    next: 'Wait for sync',
  }),
  ...poll('checkSync', {
    titles: ['Check sync', 'Synced?', 'Wait for sync'],
    next: [
      [isReady('sync'), 'Verify content'],
      [is('sync.status', 'again'), 'Wait before next sync'],
      [is('sync.status', 'incumbent-lost'), 'Begin admission'],
    ],
  }),
  'Wait before next sync': wait('sync.waitSeconds', 'Start sync'),
  'Verify content': step('verifyContent', {
    timeoutSeconds: 300,
    comment:
      'The content gate: Katello counts the content of the replacement, and the counts are compared with those of the incumbent.',
    next: 'Content complete?',
  }),
  'Content complete?': choose(
    [
      [is('content.status', 'waiting'), 'Wait for content count'],
      [is('content.status', 'again'), 'Wait before next push'],
      [isChangeover, 'Begin soak'],
    ],
    'Begin admission',
  ),
  'Wait for content count': wait('content.waitSeconds', 'Verify content'),
  'Wait before next push': wait(
    'content.waitSeconds',
    'Start sync',
    "Each sync of Katello pushes its list of container repositories to the proxy; the last one's did not arrive.",
  ),
};
