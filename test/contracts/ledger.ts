import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ReportedRepository } from '../../functions/domain/content-report.ts';
import type { KnownContent } from '../../functions/domain/known-content.ts';
import type { LedgerPort } from '../../functions/ports/ledger.ts';
import type { Awaitable } from './awaitable.ts';
import { expectFailure } from './failure.ts';

/** An empty ledger. */
export interface LedgerWorld {
  readonly ledger: LedgerPort;
  /** Takes the lock as the state machine does. */
  readonly lock: (proxy: string, owner: string, reason: string) => Promise<void>;
  readonly pass: (seconds: number) => Promise<void>;
  readonly end: () => void;
}

export const ledgerContract = (makeWorld: () => Awaitable<LedgerWorld>): void => {
  describe('a LedgerPort', () => {
    let world: LedgerWorld;
    beforeEach(async () => {
      world = await makeWorld();
    });
    afterEach(() => world.end());

    const attempt = (execution: string) => ({ execution, at: '2026-11-02T01:00:00.000Z' });

    test('begins with an empty record', async () => {
      const record = await world.ledger.read('berlin');

      expect(record.attempts).toEqual([]);
      expect(record.restorePoint).toBeNull();
    });

    test('keeps what is written, per proxy', async () => {
      await world.ledger.update('berlin', (record) => ({
        ...record,
        attempts: [...record.attempts, attempt('one')],
      }));
      await world.ledger.update('berlin', (record) => ({
        ...record,
        attempts: [...record.attempts, attempt('two')],
      }));

      expect((await world.ledger.read('berlin')).attempts).toEqual([
        attempt('one'),
        attempt('two'),
      ]);
      expect((await world.ledger.read('paris')).attempts).toEqual([]);
    });

    test('refuses to write over what was written since it read', async () => {
      const updates = ['one', 'two'].map((execution) =>
        world.ledger.update('berlin', (record) => ({ ...record, attempts: [attempt(execution)] })),
      );

      const outcomes = await Promise.allSettled(updates);

      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const refused = updates[outcomes.findIndex(({ status }) => status === 'rejected')];
      await expectFailure(refused ?? Promise.resolve(), 'RecordChanged', 'berlin');
    });

    test('keeps content of each kind, per proxy, however many repositories there are', async () => {
      const repository = (index: number): ReportedRepository => ({
        type: 'rpm',
        policy: 'immediate',
        published: true,
        counts: { 'rpm.package': (index * 7919) % 10_007, 'rpm.advisory': (index * 31) % 997 },
        artifacts: { wanted: (index * 7919) % 10_007, present: (index * 7919) % 10_007 },
        metadata: { wanted: 8, present: 8 },
      });
      const repositories = Array.from({ length: 5000 }, (_, index) => [
        `1-view_${index % 9}-Production-${createHash('sha256').update(`${index}`).digest('hex').slice(0, 32)}`,
        repository(index),
      ]);
      const content: KnownContent = {
        owner: 'arn:one',
        isFresh: true,
        katello: { 'Production/RHEL 9/BaseOS (14)': { rpm: 6200 } },
        instance: Object.fromEntries(repositories),
        gateway: { repositories: ['org/tools', 'org/open'], public: ['org/open'] },
      };
      expect(await world.ledger.readContent('berlin', 'baseline')).toBeNull();

      await world.ledger.writeContent('berlin', 'baseline', content);

      expect(await world.ledger.readContent('berlin', 'baseline')).toEqual(content);
      expect(await world.ledger.readContent('berlin', 'verified')).toBeNull();
      expect(await world.ledger.readContent('paris', 'baseline')).toBeNull();
    });

    test('tells who holds the lock', async () => {
      expect(await world.ledger.lockHolder('berlin')).toBeNull();

      await world.lock('berlin', 'arn:one', 'heal');

      expect(await world.ledger.lockHolder('berlin')).toMatchObject({
        executionArn: 'arn:one',
        reason: 'heal',
      });
    });

    test('grants a claim to one owner, again until it is fulfilled, and to nobody after that', async () => {
      expect(await world.ledger.claim('rebuilt/one', 'first')).toBe(true);
      expect(await world.ledger.claim('rebuilt/one', 'second')).toBe(false);
      expect(await world.ledger.claim('rebuilt/two', 'second')).toBe(true);
      expect(await world.ledger.claim('rebuilt/one', 'first')).toBe(true);

      await world.ledger.fulfil('rebuilt/one', 'first');

      expect(await world.ledger.claim('rebuilt/one', 'first')).toBe(false);
      expect(await world.ledger.claim('rebuilt/one', 'second')).toBe(false);
    });

    test('forgets a claim after months', async () => {
      await world.ledger.claim('rebuilt/one', 'first');
      await world.pass(91 * 24 * 3600);

      expect(await world.ledger.claim('rebuilt/one', 'first')).toBe(true);
    });
  });
};
