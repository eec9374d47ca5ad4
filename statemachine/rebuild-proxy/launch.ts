import { all, is, isReady } from '../choices.ts';
import { begin } from '../states.ts';
import { poll } from './restore.ts';

/** The replacement, from its launch to the end of its first boot. */
export const launch = {
  'Begin to launch': begin('launch', 'Launch the replacement'),
  ...poll('launchReplacement', {
    titles: ['Launch the replacement', 'Is it launched?', 'Wait for the launch'],
    next: 'Begin to provision',
  }),
  'Begin to provision': begin('provision', 'Ask how far it has come'),
  ...poll('awaitProvisioning', {
    titles: ['Ask how far it has come', 'Is it provisioned?', 'Wait for the first boot'],
    choiceComment:
      'One name, or nothing serves: it is admitted first. Two names: it is filled first.',
    next: [
      [all(isReady('provision'), is('provision.admitFirst', true)), 'Begin to admit'],
      [isReady('provision'), 'Begin to fill'],
    ],
  }),
};
