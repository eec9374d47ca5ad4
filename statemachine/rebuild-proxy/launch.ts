import { all, is, isReady } from '../choices.ts';
import { begin } from '../states.ts';
import { poll } from './rollback.ts';

/** Launches the replacement and waits for its first boot. */
export const launch = {
  'Begin launch': begin('launch', 'Launch replacement'),
  ...poll('launchReplacement', {
    titles: ['Launch replacement', 'Launched?', 'Wait for launch'],
    next: 'Begin provisioning',
  }),
  'Begin provisioning': begin('provision', 'Check first boot'),
  ...poll('awaitProvisioning', {
    titles: ['Check first boot', 'Provisioned?', 'Wait for first boot'],
    choiceComment: 'One name, or nothing is serving: admit it first. Two names: fill it first.',
    next: [
      [all(isReady('provision'), is('provision.admitFirst', true)), 'Begin admission'],
      [isReady('provision'), 'Begin fill'],
    ],
  }),
};
