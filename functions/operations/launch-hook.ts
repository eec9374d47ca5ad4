import { resourceNames } from '../domain/resource-names.ts';
import type { Run } from '../domain/run.ts';
import type { PortsWith } from '../ports/port-methods.ts';
import { findProxy } from './observed-proxy.ts';

/**
 * Auto Scaling lets the replacement in, filled or not, two hours after the last sign of life in its launch
 * hook. A step that may be tried for longer than that gives one before it does anything that can fail; one
 * that comes after the admission finds the hook closed, which is no error.
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
