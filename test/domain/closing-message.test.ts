import { describe, expect, test } from '@jest/globals';
import { type Closing, closingMessage } from '../../functions/domain/closing-message.ts';

const rebuilt: Closing = {
  proxy: 'berlin',
  fleet: 'europe',
  reason: 'scheduled',
  failure: null,
  incumbent: 'i-old',
  replacement: 'i-new',
  keeper: null,
  restoreFailure: null,
  minutes: 222,
  image: 'ami-1',
};
const failed: Closing = {
  ...rebuilt,
  keeper: 'i-old',
  failure: { name: 'SyncPaused', cause: 'task 7 ended paused/error' },
};
const restoreFailure = { name: 'RestoreTimedOut', cause: 'i-old is Standby\nmore' };
const lines = (count: number): string =>
  Array.from({ length: count }, (_, index) => `line ${index}`).join('\n');

describe('the closing message', () => {
  test.each<[string, Closing, string, string]>([
    ['of a rebuild', rebuilt, 'good', 'berlin is rebuilt'],
    ['of a heal', { ...rebuilt, reason: 'heal' }, 'good', 'berlin has healed'],
    [
      'of a restore',
      { ...rebuilt, reason: 'restore' },
      'good',
      'berlin was put back after an interrupted rebuild',
    ],
    ['of a failure', failed, 'warning', 'berlin was not rebuilt: everything is put back'],
    [
      'of a failure that could not be put back',
      { ...failed, restoreFailure },
      'bad',
      'berlin could not be put back',
    ],
    [
      'of a restore that failed',
      { ...rebuilt, reason: 'restore', restoreFailure },
      'bad',
      'berlin could not be put back',
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

  test('of what could not be put back says why, and what to do about that first', () => {
    const message = closingMessage({ ...failed, restoreFailure });

    expect(message.facts).toEqual(
      expect.arrayContaining([
        ['Failure', 'SyncPaused: task 7 ended paused/error'],
        ['Putting back', 'RestoreTimedOut: i-old is Standby'],
      ]),
    );
    expect(message.advice).toMatch(/^Look at the group now/);
  });

  test('of a restore names the instance that it was put back to', () => {
    const restored = {
      ...rebuilt,
      reason: 'restore',
      replacement: null,
      incumbent: null,
      keeper: 'i-old',
    };

    expect(closingMessage(restored).facts).toContainEqual(['Serving', 'i-old']);
  });

  test('leaves out what nobody knows', () => {
    const { facts } = closingMessage({ ...failed, keeper: null, image: null });

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

  test('cuts a sentence that does not end', () => {
    const { facts } = closingMessage({
      ...failed,
      failure: { name: 'Odd', cause: 'x'.repeat(9999) },
    });

    expect(facts.find(([label]) => label === 'Failure')?.[1]).toHaveLength('Odd: '.length + 600);
  });
});
