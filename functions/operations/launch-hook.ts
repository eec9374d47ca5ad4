import { resourceNames } from '../domain/resource-names.ts';
import type { Run } from '../domain/run.ts';
import type { PortsWith } from '../ports/port-methods.ts';
import { findProxy } from './observed-proxy.ts';

/**
 * Auto Scaling admits the replacement, filled or not, two hours after the last heartbeat in its launch hook. A
 * step that may retry for longer sends a heartbeat before anything that can fail. After the admission the hook
 * is closed, which is not an error.
 */
export const keepHookOpen = async (
  ports: PortsWith<'fleet.read' | 'groups.heartbeat'>,
  { request, launch }: Pick<Run, 'request' | 'launch'>,
): ReturnType<typeof findProxy> => {
  const found = await findProxy(ports, request.proxy);
  const group = resourceNames.group(found.fleet.fleet, found.proxy.name);
  await ports.groups.heartbeat(group, launch.instanceId);
  return found;
};
