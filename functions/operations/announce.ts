import type { Message } from '../domain/message.ts';
import type { PortsFor } from '../ports/port-methods.ts';

export const announcementNeeds = ['announcer.post', 'ledger.claim', 'ledger.fulfil'] as const;

/** Posts a message at most once per key, however often a step of this execution runs. */
export const announceOnce = async (
  ports: PortsFor<typeof announcementNeeds>,
  key: string,
  executionId: string,
  message: Message,
): Promise<boolean> => {
  if (!(await ports.ledger.claim(key, executionId))) return false;
  await ports.announcer.post(message);
  await ports.ledger.fulfil(key, executionId);
  return true;
};
