import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { WaveResult } from '../../functions/domain/fleet-run.ts';
import { nextWave } from '../../functions/domain/waves.ts';

const done = (proxy: string): WaveResult => ({ proxy, failure: null });
const failed = (proxy: string): WaveResult => ({
  proxy,
  failure: { Error: 'SyncFailed', Cause: '{"errorMessage":"task 7 ended stopped/error"}' },
});
const wave = (results: readonly WaveResult[]) => ({
  status: 'wave' as const,
  rebuilds: [],
  results: [...results],
});
const execution = { name: 'fleet-1' };
const fiveProxies = { proxies: ['a', 'b', 'c', 'd', 'e'], concurrency: 2, hasCanary: true };

describe('the next wave', () => {
  test.each<[string, Omit<Parameters<typeof nextWave>[0], 'execution'>, readonly string[]]>([
    ['is the canary alone at first', { plan: fiveProxies }, ['a']],
    ['is as many as may run at once', { plan: fiveProxies, waveResults: [done('a')] }, ['b', 'c']],
    [
      'continues with those that are left',
      { plan: fiveProxies, wave: wave([done('a')]), waveResults: [done('b'), done('c')] },
      ['d', 'e'],
    ],
    [
      'begins with as many as may run at once without a canary',
      { plan: { ...fiveProxies, hasCanary: false } },
      ['a', 'b'],
    ],
  ])('%s', (_name, progress, proxies) => {
    const rebuilds = proxies.map((proxy) => ({ proxy, name: `fleet-1-${proxy}` }));

    expect(nextWave({ execution, ...progress })).toMatchObject({ status: 'wave', rebuilds });
  });

  test('is none when all are done', () => {
    const results = fiveProxies.proxies.map(done);

    expect(nextWave({ execution, plan: fiveProxies, wave: wave(results) })).toEqual({
      status: 'done',
      rebuilds: [],
      results,
    });
  });

  test('is none after a failure, which it names', () => {
    const answer = nextWave({
      execution,
      plan: fiveProxies,
      wave: wave([done('a')]),
      waveResults: [failed('b'), done('c')],
    });

    expect(answer).toMatchObject({
      status: 'failed',
      rebuilds: [],
      cause: 'b: SyncFailed: task 7 ended stopped/error',
    });
    expect(answer.results.map(({ proxy }) => proxy)).toEqual(['a', 'b', 'c']);
  });

  test('carries on the beginning of each failure only', () => {
    const long = JSON.stringify({ errorMessage: 'x'.repeat(4000) });
    const waveResults = [{ proxy: 'a', failure: { Error: 'SyncFailed', Cause: long } }];

    const { results, cause } = nextWave({ execution, plan: fiveProxies, waveResults });

    expect(results).toEqual([
      { proxy: 'a', failure: { Error: 'SyncFailed', Cause: 'x'.repeat(1000) } },
    ]);
    expect(cause).toHaveLength('a: SyncFailed: '.length + 4000);
  });

  test('rebuilds every proxy once, in order, when none fails', () => {
    const names = fc.uniqueArray(fc.string(), { maxLength: 12 });
    fc.assert(
      fc.property(
        names,
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        (proxies, concurrency, hasCanary) => {
          const plan = { proxies, concurrency, hasCanary };
          let answer = nextWave({ execution, plan });
          while (answer.status === 'wave') {
            expect(answer.rebuilds.length).toBeLessThanOrEqual(concurrency);
            const waveResults = answer.rebuilds.map(({ proxy }) => done(proxy));
            answer = nextWave({ execution, plan, wave: answer, waveResults });
          }
          expect(answer.status).toBe('done');
          expect(answer.results.map(({ proxy }) => proxy)).toEqual(proxies);
        },
      ),
    );
  });
});
