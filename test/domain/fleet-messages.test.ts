import { describe, expect, test } from '@jest/globals';
import {
  imageMessage,
  startMessage,
  summaryMessage,
} from '../../functions/domain/fleet-messages.ts';
import type { FleetRun } from '../../functions/domain/fleet-run.ts';

const verdict = (name: string, due: string) => ({
  name,
  due,
  why: `${name} is old`,
  startBy: null,
});
const plan: FleetRun['plan'] = {
  status: 'go',
  fleet: 'europe',
  reason: 'scheduled',
  proxies: ['berlin', 'paris'],
  verdicts: [verdict('berlin', 'now'), verdict('paris', 'now'), verdict('rome', 'later')],
  concurrency: 2,
  hasCanary: false,
  imageId: 'ami-1',
  imageSource: 'fresh',
  baseImage: 'ami-base',
  foremanVersion: '3.19',
  katelloVersion: '4.21',
  features: 'pulpcore registration',
  startAt: '2026-11-02T12:00:00.000Z',
};
const failure = { Error: 'ProxyNotRebuilt', Cause: 'berlin: SyncPaused: task 7\nand more' };
const wave: FleetRun['wave'] = {
  status: 'failed',
  rebuilds: [],
  results: [{ proxy: 'berlin', failure: { Error: 'SyncPaused', Cause: 'task 7' } }],
};

describe('the message at the start', () => {
  test('says who is rebuilt and why', () => {
    const message = startMessage(plan);

    expect(message.title).toBe('europe: rebuilding 2 of 3 proxies');
    expect(message.facts).toEqual([
      ['Proxies', 'berlin, paris'],
      ['Reason', 'scheduled'],
      ['Image', 'ami-1 (still fresh)'],
      ['berlin', 'berlin is old'],
      ['paris', 'paris is old'],
    ]);
  });

  test.each<[FleetRun['plan']['imageSource'], string]>([
    ['given', 'ami-1 (given)'],
    ['fresh', 'ami-1 (still fresh)'],
    ['bake', 'a new one will be baked'],
  ])('describe an image that is %s: %s', (imageSource, words) => {
    expect(startMessage({ ...plan, imageSource }).facts).toContainEqual(['Image', words]);
  });
});

test('the message about an image names it and its base', () => {
  expect(imageMessage(plan, 'ami-2')).toEqual({
    tone: 'info',
    title: 'europe: baked image ami-2',
    facts: [['Base', 'ami-base']],
  });
});

describe('the summary', () => {
  test('of a success counts and lists the proxies', () => {
    const results = plan.proxies.map((proxy) => ({ proxy, failure: null }));

    const message = summaryMessage({
      plan,
      wave: { ...wave, status: 'done', results },
      image: { id: 'ami-2' },
    });

    expect(message).toEqual({
      tone: 'good',
      title: 'europe: 2 of 2 proxies rebuilt',
      facts: [
        ['berlin', 'rebuilt'],
        ['paris', 'rebuilt'],
        ['Image', 'ami-2'],
      ],
    });
  });

  test('of a failure says which proxy failed and which was not attempted', () => {
    const message = summaryMessage({ plan, wave, failure });

    expect(message).toMatchObject({
      tone: 'bad',
      title: 'europe: fleet rebuild failed, 0 of 2 proxies rebuilt',
      facts: [
        ['Failure', 'ProxyNotRebuilt: berlin: SyncPaused: task 7'],
        ['berlin', 'failed: SyncPaused'],
        ['paris', 'not attempted'],
      ],
      advice: 'Read the message of the proxy that failed.',
    });
  });

  test('tells what has failed beside the rebuilds', () => {
    const { tone, facts } = summaryMessage({
      plan,
      pruningFailure: { Error: 'AwsRefused', Cause: 'not authorized' },
      rejectionFailure: { Error: 'AwsUnavailable', Cause: 'no answer' },
      announcementFailure: { Error: 'SlackUnavailable', Cause: 'no answer' },
    });

    expect(tone).toBe('good');
    expect(facts.slice(2)).toEqual([
      ['Images not pruned', 'AwsRefused: not authorized; the next run tries again'],
      ['Image not rejected', 'AwsUnavailable: no answer; delete the unproven image by hand'],
      [
        'Message not posted',
        'SlackUnavailable: no answer; an earlier message of this run is missing',
      ],
    ]);
  });

  test('of a failed bake says that no proxy was attempted', () => {
    const { facts } = summaryMessage({ plan, failure: { Error: 'BakeFailed', Cause: '' } });

    expect(facts.slice(1)).toEqual([
      ['berlin', 'not attempted'],
      ['paris', 'not attempted'],
    ]);
  });
});
