import { katelloNameOf } from '../domain/fleet.ts';
import { resourceNames } from '../domain/resource-names.ts';
import { runSchema, stageOf } from '../domain/run.ts';
import { notYetWaited, ready } from '../domain/waiting.ts';
import { keepHookOpen } from '../operations/launch-hook.ts';
import type { MarkerAnswer } from '../ports/marker.ts';
import type { PortsFor } from '../ports/port-methods.ts';
import { step } from './step.ts';

const input = runSchema
  .pick({ request: true, launch: true, phases: true })
  .extend({ fence: runSchema.shape.fence.optional() });

/**
 * Enough to show two addresses behind the control name. Behind the service name it may show nothing: the load
 * balancer keeps a source with one target, and Katello's may be bound to the other one.
 */
const connections = 10;

const whoOf = (answer: MarkerAnswer): string =>
  answer.instanceId === null ? `nobody (${answer.reason})` : answer.instanceId;

const fenceNeeds = ['balancer.registered', 'groups.read', 'marker.readMarkers'] as const;

/** The load balancer's own word on what else a connection to the service name could reach. */
const strayTargets = async (
  ports: PortsFor<typeof fenceNeeds>,
  groupName: string,
  instanceId: string,
): Promise<readonly string[]> => {
  const { targetGroupArns } = await ports.groups.read(groupName);
  const registered = await ports.balancer.registered(targetGroupArns);
  return registered.filter((id) => id !== instanceId);
};

/**
 * The fence: reads the instance marker through every name that Katello will use next, on fresh connections, and asks
 * the load balancer what it has behind the service name. Both must show the replacement alone before a sync starts.
 */
export const fenceReplacement = step(
  { input, needs: [...fenceNeeds, 'groups.heartbeat'], writes: 'fence' },
  async (ports, run) => {
    const { fleet, proxy } = await keepHookOpen(ports, run);
    const katelloName = katelloNameOf(proxy);
    // Once the replacement serves, Katello's pushes to the registered address must reach it too.
    const names =
      stageOf(run) === 'fill' ? [katelloName] : [...new Set([katelloName, proxy.serviceName])];
    const strangers: string[] = [];
    for (const name of names) {
      const answers = await ports.marker.readMarkers(name, connections);
      const wrong = answers.filter(({ instanceId }) => instanceId !== run.launch.instanceId);
      if (wrong.length > 0)
        strangers.push(`${name} is answered by ${[...new Set(wrong.map(whoOf))].join(', ')}`);
    }
    if (names.includes(proxy.serviceName)) {
      const group = resourceNames.group(fleet.fleet, proxy.name);
      const stray = await strayTargets(ports, group, run.launch.instanceId);
      if (stray.length > 0)
        strangers.push(`${proxy.serviceName} is balanced over ${stray.join(', ')} too`);
    }
    if (strangers.length === 0) return ready();
    const words = `${strangers.join('; ')}; expected only ${run.launch.instanceId}`;
    return notYetWaited(run.fence, 'fence', words);
  },
);
