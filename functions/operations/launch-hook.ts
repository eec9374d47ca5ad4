import type { Group, GroupInstance } from '../domain/group.ts';
import { resourceNames } from '../domain/resource-names.ts';
import { type Run, stageOf } from '../domain/run.ts';
import type { PortsWith } from '../ports/port-methods.ts';
import { findProxy } from './observed-proxy.ts';

/** A quarter of the time after which Auto Scaling lets in what waits in the hook. */
const heartbeatEverySeconds = 1800;

/**
 * Auto Scaling admits the replacement, filled or not, two hours after the last heartbeat in its launch hook. A
 * step that may retry for longer sends one before anything that can fail. Once the
 * replacement serves, there is no hook any more.
 */
export const keepHookOpen = async (
  ports: PortsWith<'fleet.read' | 'groups.heartbeat'>,
  { request, launch, phases }: Pick<Run, 'request' | 'launch' | 'phases'>,
): ReturnType<typeof findProxy> => {
  const found = await findProxy(ports, request.proxy);
  const group = resourceNames.group(found.fleet.fleet, found.proxy.name);
  if (stageOf({ phases }) === 'fill') await ports.groups.heartbeat(group, launch.instanceId);
  return found;
};

/**
 * As `keepHookOpen`, where the group has been read: sends a heartbeat while the instance waits in its hook, unless
 * one was sent not long ago. Returns when the last one was sent.
 */
export const keepHookOpenSince = async (
  ports: PortsWith<'clock.now' | 'groups.heartbeat'>,
  group: Group,
  { id, lifecycleState }: GroupInstance,
  lastAt?: string,
): Promise<{ readonly hookKeptAt?: string }> => {
  const now = ports.clock.now();
  const dueMs = lastAt === undefined ? 0 : Date.parse(lastAt) + heartbeatEverySeconds * 1000;
  if (lifecycleState !== 'Pending:Wait' || now.getTime() < dueMs)
    return lastAt === undefined ? {} : { hookKeptAt: lastAt };
  await ports.groups.heartbeat(group.name, id);
  return { hookKeptAt: now.toISOString() };
};
