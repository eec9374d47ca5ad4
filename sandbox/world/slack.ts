import { Dispatcher } from 'undici';
import type { Faults } from '../faults/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';

export interface SlackPost {
  readonly atSeconds: number;
  /** Title, facts and advice as one text, without Block Kit's markup. */
  readonly text: string;
  readonly body: string;
}

interface Block {
  readonly text?: { readonly text: string };
  readonly fields?: readonly { readonly text: string }[];
}

const plainText = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const textOf = ({ text, fields }: Block): string =>
  [text?.text ?? '', ...(fields ?? []).map((field) => field.text.replace(/^\*(.*)\*\n/, '$1: '))]
    .filter((part) => part !== '')
    .join(' | ');

const readable = (body: string): string => {
  const { blocks } = JSON.parse(body) as { blocks: readonly Block[] };
  return plainText(blocks.map(textOf).join(' | '));
};

/** Slack's incoming webhook: keeps what it is sent, answers 503 while it is down. */
export class SlackSink extends Dispatcher {
  readonly posts: SlackPost[] = [];
  readonly #kernel: Kernel;
  readonly #faults: Faults;

  constructor(kernel: Kernel, faults: Faults) {
    super();
    this.#kernel = kernel;
    this.#faults = faults;
  }

  override dispatch(
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
  ): boolean {
    const isDown = this.#faults.strikes('slack-down');
    if (!isDown) this.#keep(String(options.body));
    queueMicrotask(() => {
      handler.onRequestStart?.(idle, {});
      handler.onResponseStart?.(idle, isDown ? 503 : 200, {}, '');
      handler.onResponseData?.(idle, Buffer.from(isDown ? 'service unavailable' : 'ok'));
      handler.onResponseEnd?.(idle, {});
    });
    return true;
  }

  #keep(body: string): void {
    const post = { atSeconds: this.#kernel.secondsSinceStart(), text: readable(body), body };
    this.posts.push(post);
    this.#kernel.emit('slack', undefined, `Slack: ${post.text.split(' | ')[0]}`);
  }
}

const noop = (): void => undefined;

/** Of an exchange that is never under way long enough to be paused or ended. */
export const idle: Dispatcher.DispatchController = {
  aborted: false,
  paused: false,
  reason: null,
  abort: noop,
  pause: noop,
  resume: noop,
};
