import type { Message } from '../domain/message.ts';

/** Slack. Throws `SlackUnavailable`; nothing else may depend on the outcome. */
export interface AnnouncerPort {
  post(message: Message): Promise<void>;
}
