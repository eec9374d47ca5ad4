import { katelloNameOf } from '../domain/fleet.ts';
import { runSchema, stageOf } from '../domain/run.ts';
import { notYetWaited, ready } from '../domain/waiting.ts';
import { keepHookOpen } from '../operations/launch-hook.ts';
import { step } from './step.ts';

const input = runSchema
  .pick({ request: true, launch: true, phases: true })
  .extend({ fence: runSchema.shape.fence.optional() });

/** With two instances behind one name, only 1 in 500 attempts would miss the second one. */
const connections = 10;

/**
 * The fence: reads the instance marker through every name that Katello will use next, on fresh connections.
 * The replacement must answer on all of them before a sync starts.
 */
export const fenceReplacement = step(
  { input, needs: ['groups.heartbeat', 'marker.readMarkers'], writes: 'fence' },
  async (ports, run) => {
    const { proxy } = await keepHookOpen(ports, run);
    const katelloName = katelloNameOf(proxy);
    // Once the replacement serves, Katello's pushes to the registered address must reach it too.
    const names =
      stageOf(run) === 'fill' ? [katelloName] : [...new Set([katelloName, proxy.serviceName])];
    const strangers: string[] = [];
    for (const name of names) {
      const answers = await ports.marker.readMarkers(name, connections);
      const wrong = answers.filter((id) => id !== run.launch.instanceId);
      if (wrong.length > 0)
        strangers.push(
          `${name} is answered by ${[...new Set(wrong)].map((id) => id ?? 'nobody').join(', ')}`,
        );
    }
    if (strangers.length === 0) return ready();
    const words = `${strangers.join('; ')}; expected only ${run.launch.instanceId}`;
    return notYetWaited(run.fence, 'fence', words);
  },
);
