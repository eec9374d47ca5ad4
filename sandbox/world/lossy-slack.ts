import { Dispatcher, errors } from 'undici';
import { idle } from './slack.ts';

/** What becomes of a message: how often it arrives, and whether Slack's answer does. */
export interface Delivery {
  readonly arrives: 0 | 1 | 2;
  readonly isAnswered: boolean;
}

/** Slack's webhook, on the way to which a message or its answer gets lost. */
export class LossySlack extends Dispatcher {
  readonly #slack: Dispatcher;
  readonly #nextDelivery: () => Delivery;

  constructor(slack: Dispatcher, nextDelivery: () => Delivery) {
    super();
    this.#slack = slack;
    this.#nextDelivery = nextDelivery;
  }

  override dispatch(
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
  ): boolean {
    const { arrives, isAnswered } = this.#nextDelivery();
    if (isAnswered) {
      if (arrives === 2) this.#slack.dispatch(options, {});
      return this.#slack.dispatch(options, handler);
    }
    if (arrives > 0) this.#slack.dispatch(options, {});
    queueMicrotask(() => {
      handler.onRequestStart?.(idle, {});
      handler.onResponseError?.(idle, new errors.SocketError('other side closed'));
    });
    return true;
  }
}
