import { NamedFailure } from '../domain/failures.ts';
import { isOverdue, type Refill } from '../domain/refill.ts';
import { rollbackInput } from '../domain/rollback-input.ts';
import { nothingRefilled, type Sections } from '../domain/sections.ts';
import { hasEnded } from '../domain/task.ts';
import { waiting } from '../domain/waiting.ts';
import { findProxy } from '../operations/observed-proxy.ts';
import { refillLookSeconds, runningRefill } from '../operations/refill.ts';
import type { PortsWith } from '../ports/port-methods.ts';
import { step } from './step.ts';

/** While Katello does not answer, the lock is left to whoever needs it. */
const look = async (
  ports: PortsWith<'content.health' | 'content.readTask'>,
  { taskId }: Refill,
): Promise<Sections['refill']> => {
  if (taskId === null) {
    await ports.content.health();
    return { status: 'lock-needed' };
  }
  const task = await ports.content.readTask(taskId);
  return task === null || hasEnded(task) ? { status: 'lock-needed' } : runningRefill(task);
};

/** Follows the refill without the lock, so that it holds up no rebuild; `lock-needed` when there is something to do. */
export const checkRefill = step(
  {
    input: rollbackInput,
    needs: ['content.health', 'content.readTask', 'ledger.read'],
    writes: 'refill',
  },
  async (ports, { request: { proxy } }) => {
    const { fleet } = await findProxy(ports, proxy);
    const { refill } = await ports.ledger.read(proxy);
    if (refill === null || refill.isGivenUp) return nothingRefilled;
    if (isOverdue(refill, fleet.content, ports.clock.now())) return { status: 'lock-needed' };
    try {
      return await look(ports, refill);
    } catch (error) {
      if (!(error instanceof NamedFailure)) throw error;
      return { ...waiting(refillLookSeconds, `${error.name}: ${error.message}`), taskId: null };
    }
  },
);
