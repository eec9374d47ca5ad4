import { choose, is } from '../choices.ts';
import { fail, noteExecution, succeed, wait } from '../states.ts';
import { failuresLeadTo } from '../tasks.ts';
import { takeLock } from './lock-item.ts';

const refused = 'The request was refused';
const { step } = failuresLeadTo(refused);

/** From what is asked for to the lock of the proxy. */
export const lock = {
  'Note who runs this': noteExecution('Read the request', { phases: {} }),
  'Read the request': step('readRequest', { next: 'Take the lock' }),
  'Take the lock': takeLock(
    'free',
    { next: 'What was asked for?', onConflict: 'Who holds the lock?', onFailure: refused },
    'One rebuild of a proxy at a time, whoever starts it.',
  ),
  'Who holds the lock?': step('examineLock', { next: 'Is its owner alive?' }),
  'Is its owner alive?': choose(
    [
      [is('lock.status', 'abandoned'), 'Take over the abandoned lock'],
      [is('lock.status', 'free'), 'Wait for the lock to settle'],
      [is('request.reason', 'heal'), 'Relieve an outage'],
      [is('request.reason', 'restore'), 'The running rebuild takes care of it'],
    ],
    'Another rebuild holds the lock',
  ),
  'Wait for the lock to settle': wait(5, 'Take the lock'),
  'Take over the abandoned lock': takeLock(
    'abandoned',
    { next: 'What was asked for?', onConflict: 'Wait for the lock to settle', onFailure: refused },
    'Its owner was stopped or timed out; what it left is put back before anything else.',
  ),
  'Relieve an outage': step('relieveOutage', {
    timeoutSeconds: 300,
    comment:
      'Auto Scaling has launched an instance beside a running rebuild: perhaps nothing serves any more.',
    next: "Is the instance the running rebuild's?",
    onFailure: 'The running rebuild takes care of it',
  }),
  "Is the instance the running rebuild's?": choose(
    [[is('relief.status', 'waiting'), 'Wait beside the running rebuild']],
    'The running rebuild takes care of it',
  ),
  'Wait beside the running rebuild': wait(
    'relief.waitSeconds',
    'Take the lock',
    'Nobody would fill the instance otherwise: once the lock is free, the heal looks whether it is still needed.',
  ),
  'The running rebuild takes care of it': succeed(),
  'Another rebuild holds the lock': fail('lock.failure'),
  [refused]: fail('failure', 'Nothing was changed and no lock is held.'),
  'What was asked for?': choose(
    [[is('request.reason', 'restore'), 'Begin to put everything back']],
    'Begin to inspect',
  ),
};
