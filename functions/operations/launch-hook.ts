import type { Group } from '../domain/group.ts';
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
 * As `keepHookOpen`, where the group has been read: sends heartbeats while instances wait in their hooks, unless some
 * were sent not long ago. An extra instance that Auto Scaling launched is kept waiting too: let in, it would serve
 * without content beside the replacement. Returns when the last ones were sent.
 */
export const keepHooksOpenSince = async (
  ports: PortsWith<'clock.now' | 'groups.heartbeat'>,
  group: Group,
  lastAt?: string,
): Promise<{ readonly hookKeptAt?: string }> => {
  const now = ports.clock.now();
  const dueMs = lastAt === undefined ? 0 : Date.parse(lastAt) + heartbeatEverySeconds * 1000;
  const waiting = group.instances.filter(({ lifecycleState }) => lifecycleState === 'Pending:Wait');
  if (waiting.length === 0 || now.getTime() < dueMs)
    return lastAt === undefined ? {} : { hookKeptAt: lastAt };
  for (const { id } of waiting) await ports.groups.heartbeat(group.name, id);
  return { hookKeptAt: now.toISOString() };
};
