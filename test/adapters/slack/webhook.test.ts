import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { MockAgent } from 'undici';
import { slackWebhook } from '../../../functions/adapters/slack/webhook.ts';
import type { Message } from '../../../functions/domain/message.ts';
import { failureOf } from '../../contracts/failure.ts';

const secret = '/services/T000/B000/very-secret';
const message: Message = { tone: 'good', title: 'berlin is rebuilt', facts: [] };

const expectSecretKept = async (call: Promise<unknown>): Promise<void> => {
  const failure = await failureOf(call);
  expect([failure.name, failure.message]).toEqual(['SlackUnavailable', 'Slack did not answer']);
  expect(`${failure.stack} ${JSON.stringify(failure)} ${failure.cause}`).not.toContain(
    'very-secret',
  );
};

describe('the webhook', () => {
  let agent: MockAgent;
  beforeEach(() => {
    agent = new MockAgent();
    agent.disableNetConnect();
  });
  afterEach(() => agent.close());

  const path = () =>
    agent.get('https://hooks.slack.com').intercept({ path: secret, method: 'POST' });
  const post = (address: () => Promise<string> = async () => `https://hooks.slack.com${secret}`) =>
    slackWebhook({ address, dispatcher: agent }).post(message);

  test('is sent the message as JSON', async () => {
    const bodies: unknown[] = [];
    path().reply(200, ({ body }) => {
      bodies.push(JSON.parse(String(body)));
      return 'ok';
    });

    await post();

    expect(bodies).toMatchObject([{ text: 'berlin is rebuilt', blocks: [{ type: 'header' }] }]);
  });

  test.each([400, 403, 404, 410, 429, 500])(
    'that answers %d has not told anybody',
    async (status) => {
      path().reply(status, `no_service for ${secret}`);

      const failure = await failureOf(post());

      expect([failure.name, failure.message]).toEqual([
        'SlackUnavailable',
        `Slack answered ${status}`,
      ]);
      expect(failure.cause).toBeUndefined();
    },
  );

  test('that does not answer is unavailable', async () => {
    path().replyWithError(new Error(`connect ${secret} refused`));

    await expectSecretKept(post());
  });

  test.each<[string, () => Promise<string>]>([
    ['is none', async () => `hooks ${secret}`],
    ['cannot be read', () => Promise.reject(new Error(secret))],
  ])('whose address %s is unavailable', async (_name, address) => {
    await expectSecretKept(post(address));
  });
});
