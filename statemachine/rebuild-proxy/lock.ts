import { choose, is } from '../choices.ts';
import { retries } from '../retries.ts';
import { fail, noteExecution, succeed, wait } from '../states.ts';
import { failuresLeadTo } from '../tasks.ts';
import { takeLock } from './lock-item.ts';

const refused = 'Request refused';
const { step } = failuresLeadTo(refused);

/** Reads the request and takes the proxy's lock. */
export const lock = {
  'Record execution': noteExecution('Read request', { phases: {} }),
  'Read request': step('readRequest', {
    next: 'Acquire lock',
    retry: retries.rollback,
    comment: 'A rollback begins here too, and must not give up over a permission that comes back.',
  }),
  'Acquire lock': takeLock(
    'free',
    { next: 'Rollback requested?', onConflict: 'Examine lock', onFailure: refused },
    'One rebuild of a proxy at a time, whatever starts it.',
  ),
  'Examine lock': step('examineLock', { next: 'Lock owner alive?', retry: retries.rollback }),
  'Lock owner alive?': choose(
    [
      [is('lock.status', 'abandoned'), 'Take over abandoned lock'],
      [is('lock.status', 'free'), 'Wait for lock'],
      [is('request.reason', 'heal'), 'Emergency admission'],
      [is('request.reason', 'rollback'), 'Left to running rebuild'],
    ],
    'Rebuild already running',
  ),
  'Wait for lock': wait(5, 'Acquire lock'),
  'Take over abandoned lock': takeLock(
    'abandoned',
    { next: 'Rollback requested?', onConflict: 'Wait for lock', onFailure: refused },
    'The owner was stopped or timed out. Its changes are rolled back before anything else happens.',
  ),
  'Emergency admission': step('admitInEmergency', {
    timeoutSeconds: 300,
    comment: 'Auto Scaling launched an instance during a running rebuild: the proxy may be down.',
    next: 'Instance of running rebuild?',
    onFailure: 'Left to running rebuild',
  }),
  'Instance of running rebuild?': choose(
    [[is('emergency.status', 'waiting'), 'Wait for running rebuild']],
    'Left to running rebuild',
  ),
  'Wait for running rebuild': wait(
    'emergency.waitSeconds',
    'Acquire lock',
    'Nothing else would fill the instance. Once the lock is free, the heal checks whether it is still needed.',
  ),
  'Left to running rebuild': succeed(),
  'Rebuild already running': fail('lock.failure'),
  [refused]: fail('failure', 'Nothing was changed and no lock is held.'),
  'Rollback requested?': choose(
    [[is('request.reason', 'rollback'), 'Begin rollback']],
    'Begin inspection',
  ),
};
