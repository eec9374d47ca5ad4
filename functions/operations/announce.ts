import type { Message } from '../domain/message.ts';
import type { Ports } from '../ports/ports.ts';

/** Posts a message at most once per key, however often the step of this execution is run. */
export const announceOnce = async (
  ports: Pick<Ports, 'announcer' | 'ledger'>,
  key: string,
  executionId: string,
  message: Message,
): Promise<boolean> => {
  if (!(await ports.ledger.claim(key, executionId))) return false;
  await ports.announcer.post(message);
  await ports.ledger.fulfil(key, executionId);
  return true;
};
