import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { DnsPort } from '../../functions/ports/dns.ts';
import type { Awaitable } from './awaitable.ts';
import { expectFailure } from './failure.ts';

/** A hosted zone with one A record, and room for one that sorts before it. */
export interface DnsWorld {
  readonly dns: DnsPort;
  readonly zoneId: string;
  readonly name: string;
  readonly address: string;
  readonly earlierName: string;
  readonly pass: (seconds: number) => Promise<void>;
  readonly end: () => void;
}

export const dnsContract = (makeWorld: () => Awaitable<DnsWorld>): void => {
  describe('a DnsPort', () => {
    let world: DnsWorld;
    beforeEach(async () => {
      world = await makeWorld();
    });
    afterEach(() => world.end());

    test('reads the address of a record', async () => {
      expect(await world.dns.readAddress(world.zoneId, world.name)).toBe(world.address);
    });

    test('takes the next record in the zone for no answer', async () => {
      expect(await world.dns.readAddress(world.zoneId, world.earlierName)).toBeNull();
    });

    test('moves a record, which takes a moment to propagate', async () => {
      const change = await world.dns.writeAddress(world.zoneId, world.name, '10.9.9.9');

      expect(await world.dns.readAddress(world.zoneId, world.name)).toBe('10.9.9.9');
      expect(await world.dns.isInSync(change)).toBe(false);
      await world.pass(60);
      expect(await world.dns.isInSync(change)).toBe(true);
    });

    test('refuses a zone that does not exist, and a name that is not in it', async () => {
      const strange = world.dns.readAddress('Z00000000', world.name);
      await expectFailure(strange, 'AwsRefused', 'NoSuchHostedZone');

      const outside = world.dns.writeAddress(world.zoneId, 'proxy.elsewhere.org', '10.9.9.9');
      await expectFailure(outside, 'AwsRefused', 'InvalidChangeBatch');
    });
  });
};
