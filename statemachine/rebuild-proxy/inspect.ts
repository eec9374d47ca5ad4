import { is, isReady } from '../choices.ts';
import { begin, wait } from '../states.ts';
import { announce } from '../tasks.ts';
import { poll } from './rollback.ts';

/** Preflight, rollback of what an earlier execution left behind, and the baseline of the incumbent's content. */
export const inspect = {
  'Begin inspection': begin('inspect', 'Inspect proxy'),
  ...poll('inspectProxy', {
    titles: ['Inspect proxy', 'Ready for rebuild?', 'Wait for preflight'],
    timeoutSeconds: 300,
    comment: 'Preflight and restore point: from here on the rebuild can be rolled back.',
    next: [
      [isReady('plan'), 'Count baseline content'],
      [is('plan.status', 'leftovers'), 'Begin rollback of leftovers'],
      [is('plan.status', 'nothing-to-do'), 'Release lock'],
    ],
  }),
  'Begin rollback of leftovers': begin('rollback', 'Roll back leftovers'),
  ...poll('rollBackProxy', {
    titles: ['Roll back leftovers', 'Leftovers rolled back?', 'Wait for rollback of leftovers'],
    timeoutSeconds: 300,
    comment: 'An earlier execution was interrupted.',
    next: 'Wait for late requests of leftovers',
  }),
  'Wait for late requests of leftovers': wait(60, 'Announce rollback of leftovers'),
  'Announce rollback of leftovers': announce(
    'announceLeftovers',
    'Begin inspection',
    'Closing message of the interrupted rebuild.',
  ),
  ...poll('countBaseline', {
    titles: ['Count baseline content', 'Baseline counted?', 'Wait for baseline count'],
    timeoutSeconds: 300,
    next: 'Begin launch',
  }),
};
