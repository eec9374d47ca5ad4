import { type Dispatcher, request } from 'undici';
import { NamedFailure } from '../../domain/failures.ts';
import type { AnnouncerPort } from '../../ports/announcer.ts';
import { asBlocks } from './blocks.ts';

export interface SlackWebhook {
  /** The incoming webhook's URL is a secret, so no error contains it. */
  readonly address: () => Promise<string>;
  readonly dispatcher?: Dispatcher;
}

const timeoutMs = 10_000;

const post = async ({ address, dispatcher }: SlackWebhook, body: object): Promise<number> => {
  const answer = await request(await address(), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    ...(dispatcher === undefined ? {} : { dispatcher }),
  });
  await answer.body.dump();
  return answer.statusCode;
};

/** Slack's incoming webhook; any response other than 200 is an error. */
export const slackWebhook = (webhook: SlackWebhook): AnnouncerPort => ({
  post: async (message) => {
    const status = await post(webhook, asBlocks(message)).catch(() => null);
    if (status === 200) return;
    const met = status === null ? 'did not answer' : `answered ${status}`;
    throw new NamedFailure('SlackUnavailable', `Slack ${met}`);
  },
});
