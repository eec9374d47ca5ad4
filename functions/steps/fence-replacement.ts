import { NamedFailure } from '../domain/failures.ts';
import { katelloNameOf } from '../domain/fleet.ts';
import { runSchema, stageOf } from '../domain/run.ts';
import { keepHookOpen } from '../operations/launch-hook.ts';
import { step } from './step.ts';

const input = runSchema
  .pick({ request: true, launch: true, phases: true })
  .extend({ fence: runSchema.shape.fence.optional() });

/** Enough that two instances behind one name would show with all but 1 in 500 tries. */
const connections = 10;
const retrySeconds = 30;
/** Cached answers and draining connections are over long before. */
const triesMax = 30;

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
    if (strangers.length === 0) return { status: 'ready', tries: 0 };
    const tries = (run.fence?.tries ?? 0) + 1;
    if (tries < triesMax) return { status: 'waiting', waitSeconds: retrySeconds, tries };
    throw new NamedFailure(
      'FenceBroken',
      `${strangers.join('; ')}, not as ${run.launch.instanceId} alone`,
    );
  },
);
