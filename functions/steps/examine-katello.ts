import type { Fleet, SmartProxy } from '../domain/fleet.ts';
import { type FleetRun, fleetRunSchema } from '../domain/fleet-run.ts';
import { resourceNames } from '../domain/resource-names.ts';
import { isLeaving } from '../domain/survivor.ts';
import {
  fleetPreflightNeeds,
  type Planned,
  preflightFleet,
} from '../operations/fleet-preflight.ts';
import type { PortsWith } from '../ports/port-methods.ts';
import { fleetStep } from './step.ts';

const input = fleetRunSchema.pick({ plan: true });

const readPlanned = async (
  ports: PortsWith<'groups.read'>,
  { fleet }: Fleet,
  proxy: SmartProxy,
): Promise<Planned> => {
  const { instances } = await ports.groups.read(resourceNames.group(fleet, proxy.name));
  return { proxy, isServed: instances.some((instance) => !isLeaving(instance)) };
};

type Verdict = FleetRun['plan']['verdicts'][number];

const withProblem = (verdict: Verdict, problems: ReadonlyMap<string, string>): Verdict => {
  const problem = problems.get(verdict.name);
  if (problem === undefined) return verdict;
  return { ...verdict, why: `${verdict.why}; cannot be rebuilt now: ${problem}` };
};

/**
 * Asks Katello before an image is baked what every rebuild asks again: its certificate and name, the permissions and
 * taxonomies of the service user, the version, and the planned proxies. Adds to the plan what will stop one proxy.
 */
export const examineKatello = fleetStep(
  { input, needs: [...fleetPreflightNeeds, 'groups.read'], writes: 'plan' },
  async (ports, { plan }) => {
    const fleet = await ports.fleet.read();
    const chosen = fleet.proxies.filter(({ name }) => plan.proxies.includes(name));
    if (chosen.length === 0) return plan;
    const planned: Planned[] = [];
    for (const proxy of chosen) planned.push(await readPlanned(ports, fleet, proxy));
    const problems = await preflightFleet(ports, fleet, planned, plan.imageSource === 'bake');
    const verdicts = plan.verdicts.map((verdict) => withProblem(verdict, problems));
    return { ...plan, verdicts };
  },
);
