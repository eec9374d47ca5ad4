import { NamedFailure } from '../domain/failures.ts';
import type { Fleet } from '../domain/fleet.ts';
import type { ProxyRecord } from '../domain/record.ts';
import type { Refill } from '../domain/refill.ts';
import { rollbackInput } from '../domain/rollback-input.ts';
import { nothingRefilled, type Sections } from '../domain/sections.ts';
import { waiting } from '../domain/waiting.ts';
import { findProxy } from '../operations/observed-proxy.ts';
import { stopLeftSyncs, stopNeeds } from '../operations/own-syncs.ts';
import {
  endsRefill,
  judgeRefill,
  refillLookSeconds,
  runningRefill,
  startRefill,
} from '../operations/refill.ts';
import type { GivenMethod, PortsFor, PortsWith } from '../ports/port-methods.ts';
import { step } from './step.ts';

const needs = [
  ...stopNeeds,
  'content.readTask',
  'content.startSync',
  'ledger.read',
  'ledger.update',
] as const;
type Needed = PortsFor<typeof needs> & PortsWith<GivenMethod>;
type Owing = ProxyRecord & { readonly refill: Refill };

const isOwed = (record: ProxyRecord): record is Owing =>
  record.refill !== null && !record.refill.isGivenUp;

const filled = async (ports: Needed, proxy: string, { owner }: Refill) => {
  await ports.ledger.update(proxy, (old) => ({ ...old, refill: null }));
  return { ...nothingRefilled, outcome: 'filled', owner } as const;
};

const giveUp = async (ports: Needed, proxy: string, refill: Refill, failure: NamedFailure) => {
  await ports.ledger.update(proxy, (old) => ({
    ...old,
    refill: { ...refill, isGivenUp: true },
  }));
  const { name, message: cause } = failure;
  return {
    ...nothingRefilled,
    outcome: 'given-up',
    owner: refill.owner,
    failure: { name, cause },
  } as const;
};

const proceed = async (
  ports: Needed,
  proxy: string,
  record: Owing,
  content: Fleet['content'],
): Promise<Sections['refill']> => {
  const { refill } = record;
  if (!(await stopLeftSyncs(ports, proxy, record)))
    return { ...waiting(60, 'Katello is still stopping the syncs of the rebuild'), taskId: null };
  const judged = await judgeRefill(ports, refill, content);
  if (judged === 'filled') return filled(ports, proxy, refill);
  if (judged !== 'start') return runningRefill(judged);
  return runningRefill(await startRefill(ports, proxy, refill));
};

/**
 * After a rollback, has Katello fill the instance in service again if its name had pointed at another one. Starts the
 * sync or adopts it, and settles what has come of it; never fails because of Katello, so that it cannot fail a
 * rollback that is complete. What it cannot do now, a later call does.
 */
export const refillProxy = step(
  { input: rollbackInput, needs, writes: 'refill', underLock: true },
  async (ports, { request: { proxy } }) => {
    const record = await ports.ledger.read(proxy);
    if (!isOwed(record)) return nothingRefilled;
    const { fleet } = await findProxy(ports, proxy);
    try {
      return await proceed(ports, proxy, record, fleet.content);
    } catch (error) {
      if (!(error instanceof NamedFailure)) throw error;
      if (endsRefill(error)) return giveUp(ports, proxy, record.refill, error);
      return { ...waiting(refillLookSeconds, `${error.name}: ${error.message}`), taskId: null };
    }
  },
);
