import { describe, expect, test } from '@jest/globals';
import { type Closing, closingMessage } from '../../functions/domain/closing-message.ts';

const rebuilt: Closing = {
  proxy: 'berlin',
  fleet: 'europe',
  reason: 'scheduled',
  failure: null,
  incumbent: 'i-old',
  replacement: 'i-new',
  survivor: null,
  isVerified: true,
  earlyExpiry: null,
  refill: null,
  rollbackFailure: null,
  unlockFailure: null,
  announcementFailure: null,
  refillFailure: null,
  minutes: 222,
  image: 'ami-1',
  proven: null,
  drain: null,
};
const failed: Closing = {
  ...rebuilt,
  survivor: 'i-old',
  failure: { name: 'SyncPaused', cause: 'task 7 ended paused/error' },
};
const rollbackFailure = { name: 'RollbackTimedOut', cause: 'i-old is Standby\nmore' };
const lines = (count: number): string =>
  Array.from({ length: count }, (_, index) => `line ${index}`).join('\n');

describe('the closing message', () => {
  test('says by download policy what was compared, when something was rebuilt', () => {
    const proven = { immediate: 2, on_demand: 24 };
    const compared =
      'metadata and files on disk of 2 repositories (immediate); metadata of 24 repositories (on_demand); ' +
      'packages are fetched when a client asks first';

    expect(closingMessage({ ...rebuilt, proven }).facts).toContainEqual(['Compared', compared]);
    expect(Object.fromEntries(closingMessage({ ...failed, proven }).facts)).not.toHaveProperty(
      'Compared',
    );
  });

  test.each<[string, Closing, string, string]>([
    ['of a rebuild', rebuilt, 'good', 'berlin: rebuilt'],
    [
      'of a rebuild with old certificates',
      { ...rebuilt, earlyExpiry: 'a.crt expires' },
      'warning',
      'berlin: rebuilt',
    ],
    ['of a heal', { ...rebuilt, reason: 'heal' }, 'good', 'berlin: healed'],
    [
      'of a rollback',
      { ...rebuilt, reason: 'rollback' },
      'good',
      'berlin: rolled back after an interrupted rebuild or heal',
    ],
    [
      'of a failure',
      failed,
      'warning',
      'berlin: rebuild failed and was rolled back; the old instance is serving',
    ],
    [
      'of a failure that has lost the incumbent',
      { ...failed, survivor: 'i-new' },
      'warning',
      'berlin: rebuild failed and was rolled back; i-new is in service',
    ],
    [
      'of a failed heal, which has no incumbent,',
      { ...failed, reason: 'heal', incumbent: null, survivor: 'i-new' },
      'warning',
      'berlin: heal failed and was rolled back; i-new is in service',
    ],
    [
      'of a failure that kept no instance',
      { ...failed, survivor: null },
      'warning',
      'berlin: rebuild failed; nothing left to roll back',
    ],
    [
      'of a failure before anything was planned',
      { ...failed, incumbent: null, survivor: null },
      'warning',
      'berlin: rebuild failed; nothing left to roll back',
    ],
    [
      'of a failure whose rollback failed',
      { ...failed, rollbackFailure },
      'bad',
      'berlin: ROLLBACK FAILED, act now',
    ],
    [
      'of a rollback that failed',
      { ...rebuilt, reason: 'rollback', rollbackFailure },
      'bad',
      'berlin: ROLLBACK FAILED, act now',
    ],
  ])('%s says so', (_name, closing, tone, title) => {
    expect(closingMessage(closing)).toMatchObject({ tone, title });
  });

  test('of a rebuild says what serves and what is retired', () => {
    const message = closingMessage(rebuilt);

    expect(message.facts).toEqual([
      ['Fleet', 'europe'],
      ['Serving', 'i-new'],
      ['Retired', 'i-old'],
      ['Image', 'ami-1'],
      ['Took', '222 min'],
    ]);
    expect(message).not.toHaveProperty('advice');
    expect(message).not.toHaveProperty('log');
  });

  test.each<[number | null, string]>([
    [1, '1 job was interrupted, still running after 60 min'],
    [12, '12 jobs were interrupted, still running after 60 min'],
    [null, 'unknown: Katello did not say what was running after 60 min'],
  ])('of a rebuild says that %s jobs were interrupted', (jobs, words) => {
    const { facts } = closingMessage({ ...rebuilt, drain: { seconds: 3600, jobs } });

    expect(facts).toContainEqual(['Jobs', words]);
  });

  test.each<[string, Partial<Closing>]>([
    ['that ended in time', { drain: { seconds: 600, jobs: 0 } }],
    ['that a rollback has spared', { ...failed, drain: { seconds: 3600, jobs: 3 } }],
  ])('does not speak of jobs %s', (_name, changes) => {
    const { facts } = closingMessage({ ...rebuilt, ...changes });

    expect(facts.map(([label]) => label)).not.toContain('Jobs');
  });

  test('of a failure says why, what serves, and what to do', () => {
    const message = closingMessage(failed);

    expect(message.facts).toEqual([
      ['Fleet', 'europe'],
      ['Failure', 'SyncPaused: task 7 ended paused/error'],
      ['Serving', 'i-old'],
      ['Image', 'ami-1'],
      ['Took', '222 min'],
    ]);
    expect(message.advice).toMatch(/^Open the task in Katello/);
  });

  test('of a rollback that failed says why, and what to do about that first', () => {
    const message = closingMessage({ ...failed, rollbackFailure });

    expect(message.facts).toEqual(
      expect.arrayContaining([
        ['Failure', 'SyncPaused: task 7 ended paused/error'],
        ['Rollback failure', 'RollbackTimedOut: i-old is Standby'],
      ]),
    );
    expect(message.advice).toMatch(/^Check the group now/);
  });

  test('of a rollback names the instance that was kept', () => {
    const restored = {
      ...rebuilt,
      reason: 'rollback',
      replacement: null,
      incumbent: null,
      survivor: 'i-old',
    };

    expect(closingMessage(restored).facts).toContainEqual(['Serving', 'i-old']);
  });

  test('states that no rebuild ever verified the instance that a rollback kept', () => {
    const survivor = 'i-new';
    const { facts } = closingMessage({ ...failed, survivor, isVerified: false });

    expect(facts).toContainEqual([
      'Serving',
      'i-new, never verified to be filled: the next sweep rebuilds it',
    ]);
  });

  test('names the certificate that expires too early', () => {
    const { facts } = closingMessage({ ...rebuilt, earlyExpiry: 'a.crt in certs.tar expires' });

    expect(facts).toContainEqual(['Certificates', 'a.crt in certs.tar expires']);
  });

  test('leaves out what is unknown', () => {
    const { facts } = closingMessage({ ...failed, survivor: null, image: null });

    expect(facts.map(([label]) => label)).toEqual(['Fleet', 'Failure', 'Took']);
  });

  test('shows the last twenty lines of a log', () => {
    const cause = `i-new failed at installer: exit 6\n${lines(50)}`;

    const message = closingMessage({ ...failed, failure: { name: 'ProvisioningFailed', cause } });

    expect(message.facts).toContainEqual([
      'Failure',
      'ProvisioningFailed: i-new failed at installer: exit 6',
    ]);
    expect(message.log?.split('\n')).toHaveLength(20);
    expect(message.log).toMatch(/line 49$/);
  });

  test('tells what has failed beside the rebuild', () => {
    const { tone, facts } = closingMessage({
      ...rebuilt,
      unlockFailure: { name: 'DynamoDB.AmazonDynamoDBException', cause: 'Rate exceeded' },
      announcementFailure: { name: 'SlackUnavailable', cause: 'no answer' },
      refillFailure: { name: 'Lambda.Unknown', cause: 'killed' },
    });

    expect(tone).toBe('good');
    expect(facts).toContainEqual([
      'Lock kept',
      'DynamoDB.AmazonDynamoDBException: Rate exceeded; the next execution takes it over',
    ]);
    expect(facts).toContainEqual([
      'Refill not started',
      'Lambda.Unknown: killed; the controller tries again',
    ]);
    expect(facts).toContainEqual([
      'Message not posted',
      'SlackUnavailable: no answer; an earlier one is missing',
    ]);
  });

  test('cuts an endless sentence', () => {
    const { facts } = closingMessage({
      ...failed,
      failure: { name: 'Odd', cause: 'x'.repeat(9999) },
    });

    expect(facts.find(([label]) => label === 'Failure')?.[1]).toHaveLength('Odd: '.length + 600);
  });
});
