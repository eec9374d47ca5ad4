import { all, is, isReady } from '../choices.ts';
import { begin } from '../states.ts';
import { poll } from './rollback.ts';

/** The replacement, from its launch to the end of its first boot. */
export const launch = {
  'Begin launch': begin('launch', 'Launch replacement'),
  ...poll('launchReplacement', {
    titles: ['Launch replacement', 'Launched?', 'Wait for launch'],
    next: 'Begin provisioning',
  }),
  'Begin provisioning': begin('provision', 'Check first boot'),
  ...poll('awaitProvisioning', {
    titles: ['Check first boot', 'Provisioned?', 'Wait for first boot'],
    choiceComment:
      'One name, or nothing serves: it is admitted first. Two names: it is filled first.',
    next: [
      [all(isReady('provision'), is('provision.admitFirst', true)), 'Begin admission'],
      [isReady('provision'), 'Begin fill'],
    ],
  }),
};
