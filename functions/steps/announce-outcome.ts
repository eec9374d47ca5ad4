import type { z } from 'zod';
import { describeEarlyExpiry, expiresTooEarly } from '../domain/certificates.ts';
import { closingMessage } from '../domain/closing-message.ts';
import type { Cycle } from '../domain/cycle.ts';
import { readFailure } from '../domain/failure-cause.ts';
import type { Fleet } from '../domain/fleet.ts';
import { refillMessage } from '../domain/refill-messages.ts';
import { readableFailure, rollbackInput } from '../domain/rollback-input.ts';
import { runSchema } from '../domain/run.ts';
import { announcementNeeds, announceOnce } from '../operations/announce.ts';
import { findProxy } from '../operations/observed-proxy.ts';
import type { PortsFor } from '../ports/port-methods.ts';
import { step } from './step.ts';

const input = rollbackInput.extend({
  plan: runSchema.shape.plan.optional().catch(undefined),
  launch: runSchema.shape.launch.optional().catch(undefined),
  provision: runSchema.shape.provision.optional().catch(undefined),
  content: runSchema.shape.content.optional().catch(undefined),
  admit: runSchema.shape.admit.optional().catch(undefined),
  rollback: runSchema.shape.rollback.optional().catch(undefined),
  refill: runSchema.shape.refill.optional().catch(undefined),
  failure: readableFailure,
  rollbackFailure: readableFailure,
  unlockFailure: readableFailure,
  announcementFailure: readableFailure,
  refillFailure: readableFailure,
});
type Input = z.infer<typeof input>;

const readable = (failure: Input['failure']) =>
  failure === undefined ? null : readFailure(failure);

/** Of the instance that serves now, if its certificates expire while it may still serve. */
const earlyExpiryOf = ({ failure, provision }: Input, cycle: Cycle, now: Date): string | null => {
  const certificate = failure === undefined ? (provision?.certificate ?? null) : null;
  return certificate !== null && expiresTooEarly(certificate, cycle, now)
    ? describeEarlyExpiry(certificate, cycle, now)
    : null;
};

/** A refill that could not be started is owed all the same. */
const refillOf = ({ rollback, refill }: Pick<Input, 'rollback' | 'refill'>) => {
  if (rollback?.isBehind !== true) return null;
  return { taskId: refill?.status === 'waiting' ? refill.taskId : null };
};

const closingOf = (run: Input, { fleet, cycle }: Fleet, now: Date) => ({
  proxy: run.request.proxy,
  fleet,
  earlyExpiry: earlyExpiryOf(run, cycle, now),
  reason: run.request.reason,
  failure: readable(run.failure),
  incumbent: run.plan?.incumbent?.id ?? null,
  replacement: run.launch?.instanceId ?? null,
  survivor: run.rollback?.survivor ?? null,
  isVerified: run.rollback?.isVerified ?? true,
  refill: refillOf(run),
  rollbackFailure: readable(run.rollbackFailure),
  unlockFailure: readable(run.unlockFailure),
  announcementFailure: readable(run.announcementFailure),
  refillFailure: readable(run.refillFailure),
  minutes:
    run.execution.startedAt === null
      ? null
      : Math.round((now.getTime() - Date.parse(run.execution.startedAt)) / 60_000),
  image: run.plan?.imageId ?? null,
  proven: run.content?.status === 'ready' ? (run.content.proven ?? null) : null,
  drain: run.admit?.drain ?? null,
});

/** A rollback with nothing to roll back, or a heal with nothing to heal, posts no message. */
const isSilent = (run: Input): boolean => {
  if (run.failure !== undefined || run.rollbackFailure !== undefined) return false;
  if (run.request.reason === 'rollback')
    return (run.rollback?.owner ?? null) === null && (run.rollback?.survivor ?? null) === null;
  return run.request.reason === 'heal' && run.launch === undefined;
};

/**
 * The message of a rollback closes the rebuild that was interrupted; the message of a failed rollback closes
 * nothing.
 */
const keyOf = (run: Input): string => {
  if (run.rollbackFailure !== undefined) return `rollback-failed#${run.execution.id}`;
  const owner = run.request.reason === 'rollback' ? run.rollback?.owner : null;
  return `closing#${owner ?? run.execution.id}`;
};

/** Posts how a refill has ended; a closing message before it said that the proxy lacks content. */
const announceRefill = async (
  ports: PortsFor<typeof announcementNeeds>,
  { request: { proxy }, refill, execution }: Input,
  fleet: string,
): Promise<boolean> => {
  if (refill?.status !== 'ready' || refill.outcome === 'nothing-owed') return false;
  const { owner, outcome, failure } = refill;
  const message = refillMessage({ proxy, fleet, failure });
  return announceOnce(ports, `refill-${outcome}#${owner}`, execution.id, message);
};

const announceClosing = async (
  ports: PortsFor<typeof announcementNeeds>,
  run: Input,
  fleet: Fleet,
  now: Date,
): Promise<boolean> =>
  !isSilent(run) &&
  (await announceOnce(
    ports,
    keyOf(run),
    run.execution.id,
    closingMessage(closingOf(run, fleet, now)),
  ));

/** Posts the outcome to Slack: one closing message per rebuild, and one more for a refill after it. */
export const announceOutcome = step(
  { input, needs: announcementNeeds, writes: 'announcement' },
  async (ports, run) => {
    const { fleet } = await findProxy(ports, run.request.proxy);
    const isClosed = await announceClosing(ports, run, fleet, ports.clock.now());
    const isSettled = await announceRefill(ports, run, fleet.fleet);
    return { announced: isClosed || isSettled };
  },
);

const leftovers = rollbackInput.extend({ rollback: runSchema.shape.rollback });

/** Posts the closing message of an interrupted rebuild, after another execution has rolled it back. */
export const announceLeftovers = step(
  { input: leftovers, needs: announcementNeeds, writes: 'announcement' },
  async (ports, run) => {
    const { owner, survivor } = run.rollback;
    if (owner === null) return { announced: false };
    const { fleet } = await findProxy(ports, run.request.proxy);
    const closing = closingOf(
      { ...run, request: { ...run.request, reason: 'rollback' } },
      fleet,
      ports.clock.now(),
    );
    const message = closingMessage({ ...closing, survivor });
    return { announced: await announceOnce(ports, `closing#${owner}`, run.execution.id, message) };
  },
);
