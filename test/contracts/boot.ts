import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { BootPort } from '../../functions/ports/boot.ts';
import type { Awaitable } from './awaitable.ts';

export interface BootWorld {
  readonly boot: BootPort;
  /** Powers an instance on, which boots in under a minute and installs for about ten. */
  readonly launch: () => string;
  readonly kill: (instanceId: string) => void;
  readonly failInstallation: () => void;
  readonly commandsSent: () => number;
  readonly pass: (seconds: number) => Promise<void>;
  readonly end: () => void;
}

export const bootContract = (makeWorld: () => Awaitable<BootWorld>): void => {
  describe('a BootPort', () => {
    let world: BootWorld;
    beforeEach(async () => {
      world = await makeWorld();
    });
    afterEach(() => world.end());

    test('cannot reach an instance before it has booted, nor one that died', async () => {
      const id = world.launch();
      expect(await world.boot.read(id)).toEqual({ status: 'unreachable' });

      await world.pass(60);
      world.kill(id);

      expect(await world.boot.read(id)).toEqual({ status: 'unreachable' });
    });

    test('says running until the boot is done', async () => {
      const id = world.launch();
      await world.pass(60);

      expect((await world.boot.read(id)).status).toBe('running');
      await world.pass(200);
      expect(await world.boot.read(id)).toEqual({ status: 'running', step: 'installer' });
      await world.pass(500);
      expect((await world.boot.read(id)).status).not.toBe('failed');
      await world.pass(200);
      expect(await world.boot.read(id)).toMatchObject({ status: 'done' });
    });

    test('sends no second command while one is under way, nor after the last word', async () => {
      const id = world.launch();
      await world.pass(60);

      await world.boot.read(id);
      await world.boot.read(id);
      expect(world.commandsSent()).toBe(1);
      await world.pass(900);
      for (let look = 0; look < 3; look += 1) {
        await world.boot.read(id);
        await world.pass(200);
      }
      expect((await world.boot.read(id)).status).toBe('done');
      const sent = world.commandsSent();
      await world.boot.read(id);

      expect(world.commandsSent()).toBe(sent);
    });

    test('tells the step, the reason and the log of a failed boot', async () => {
      world.failInstallation();
      const id = world.launch();
      await world.pass(900);

      await world.boot.read(id);

      expect(await world.boot.read(id)).toMatchObject({
        status: 'failed',
        step: 'installer',
        reason: expect.stringContaining('exit code'),
        logTail: expect.stringContaining('Could not start'),
      });
    });
  });
};
