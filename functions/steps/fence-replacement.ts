import { katelloNameOf } from '../domain/fleet.ts';
import { runSchema, stageOf } from '../domain/run.ts';
import { notYetWaited, ready } from '../domain/waiting.ts';
import { keepHookOpen } from '../operations/launch-hook.ts';
import { step } from './step.ts';

const input = runSchema
  .pick({ request: true, launch: true, phases: true })
  .extend({ fence: runSchema.shape.fence.optional() });

/** Enough that two instances behind one name would show with all but 1 in 500 tries. */
const connections = 10;

/**
 * Reads the instance marker through every name that Katello will use next, on fresh connections: all
 * must answer with the replacement before any sync is started.
 */
export const fenceReplacement = step(
  { input, needs: ['groups.heartbeat', 'marker.readMarkers'], writes: 'fence' },
  async (ports, run) => {
    const { proxy } = await keepHookOpen(ports, run);
    const katelloName = katelloNameOf(proxy);
    // Once the replacement serves, what Katello pushes to the registered address must reach it too.
    const names =
      stageOf(run) === 'fill' ? [katelloName] : [...new Set([katelloName, proxy.serviceName])];
    const strangers: string[] = [];
    for (const name of names) {
      const answers = await ports.marker.readMarkers(name, connections);
      const wrong = answers.filter((id) => id !== run.launch.instanceId);
      if (wrong.length > 0)
        strangers.push(
          `${name} answered as ${[...new Set(wrong)].map((id) => id ?? 'nobody').join(', ')}`,
        );
    }
    if (strangers.length === 0) return ready();
    const words = `${strangers.join('; ')}, not as ${run.launch.instanceId} alone`;
    return notYetWaited(run.fence, 'fence', words);
  },
);
