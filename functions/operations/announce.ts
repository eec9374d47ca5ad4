import type { Message } from '../domain/message.ts';
import type { Ports } from '../ports/ports.ts';

/** Posts a message at most once per key, however often the step is run. */
export const announceOnce = async (
  ports: Pick<Ports, 'announcer' | 'ledger'>,
  key: string,
  message: Message,
): Promise<boolean> => {
  if (!(await ports.ledger.claim(key))) return false;
  try {
    await ports.announcer.post(message);
    return true;
  } catch (error) {
    await ports.ledger.unclaim(key);
    throw error;
  }
};
