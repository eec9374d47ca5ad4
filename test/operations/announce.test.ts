import { describe, expect, test } from '@jest/globals';
import type { Message } from '../../functions/domain/message.ts';
import { announceOnce } from '../../functions/operations/announce.ts';
import { expectFailure } from '../contracts/failure.ts';
import { portsOf } from '../steps/in-memory-ports.ts';
import { World } from '../steps/world.ts';

const message: Message = { tone: 'good', title: 'berlin is rebuilt', facts: [] };
const announce = (world: World, key = 'closing#one', execution = 'arn:one') =>
  announceOnce(portsOf(world), key, execution, message);

describe('a message', () => {
  test('is posted once per key', async () => {
    const world = new World();

    expect([
      await announce(world),
      await announce(world),
      await announce(world, 'closing#two'),
    ]).toEqual([true, false, true]);
    expect(world.posted).toHaveLength(2);
  });

  test('that Slack did not take is posted by the same execution later', async () => {
    const world = new World();
    world.slackIsDown = true;
    await expectFailure(announce(world), 'SlackUnavailable');
    world.slackIsDown = false;

    expect(await announce(world)).toBe(true);
  });

  test('that one execution has begun to post is not posted by another', async () => {
    const world = new World();
    world.slackIsDown = true;
    await expectFailure(announce(world), 'SlackUnavailable');
    world.slackIsDown = false;

    expect(await announce(world, 'closing#one', 'arn:two')).toBe(false);
  });
});
