import type { z } from 'zod';
import { NamedFailure } from '../domain/failures.ts';
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

/** Resolver caches that still lead to an incumbent with an expired certificate are gone by then. */
const refusalPatienceSeconds = 300;

/**
 * Waiting does not make a certificate trusted. Before the changeover only Katello meets it, and a cached address may
 * still lead to another instance; afterwards clients do.
 */
const assertTrusted = (
  name: string,
  answers: readonly MarkerAnswer[],
  patienceSeconds: number,
): void => {
  const refused = answers.flatMap((answer) =>
    answer.instanceId === null && answer.refused !== undefined ? [answer.reason] : [],
  );
  const [first] = refused;
  if (first === undefined || refused.length < answers.length || patienceSeconds > 0) return;
  throw new NamedFailure(
    'CertificateRefused',
    `the certificate that answers under ${name} was refused: ${first}`,
  );
};

const whoOf = (answer: MarkerAnswer): string =>
  answer.instanceId === null ? `nobody (${answer.reason})` : answer.instanceId;

const strangersAmong = (answers: readonly MarkerAnswer[], expected: string): readonly string[] => [
  ...new Set(answers.map(whoOf).filter((answer) => answer !== expected)),
];

type Input = z.infer<typeof input>;

/** Who else answers under the names that Katello will use next. */
const strangersBehind = async (
  ports: PortsFor<typeof fenceNeeds>,
  run: Input,
  names: readonly string[],
): Promise<readonly string[]> => {
  const waited = run.fence?.status === 'waiting' ? run.fence.waitedSeconds : 0;
  const patienceSeconds = stageOf(run) === 'fill' ? refusalPatienceSeconds - waited : 0;
  const strangers: string[] = [];
  for (const name of names) {
    const answers = await ports.marker.readMarkers(name, connections);
    assertTrusted(name, answers, patienceSeconds);
    const wrong = strangersAmong(answers, run.launch.instanceId);
    if (wrong.length > 0) strangers.push(`${name} is answered by ${wrong.join(', ')}`);
  }
  return strangers;
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
    const strangers = [...(await strangersBehind(ports, run, names))];
    if (names.includes(proxy.serviceName)) {
      const group = resourceNames.group(fleet.fleet, proxy.name);
      const stray = await strayTargets(ports, group, run.launch.instanceId);
      if (stray.length > 0)
        strangers.push(`${proxy.serviceName} is balanced over ${stray.join(', ')} too`);
    }
    if (strangers.length === 0) return ready();
    const expected = `expected only ${run.launch.instanceId}`;
    return notYetWaited(run.fence, 'fence', `${strangers.join('; ')}; ${expected}`);
  },
);
