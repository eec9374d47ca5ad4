import { fileURLToPath } from 'node:url';
import type { RouteLoad } from '../katello/load-meter.ts';
import { runScenario } from '../run/run-scenario.ts';
import { readRunInput } from '../scenario/run-input.ts';

const largeSite = fileURLToPath(
  new URL('../../examples/scenarios/large-site.yaml', import.meta.url),
);

/** What the rebuild of one proxy of a large site makes Katello load, until it has been rebuilt. */
export const loadOfLargeSite = async (): Promise<RouteLoad> => {
  const input = readRunInput({ scenario: largeSite, proxies: ['eu-north'] });
  const { result, simulation } = await runScenario(input, { transport: 'in-process' });
  if (result.outcome !== 'succeeded') throw new Error(`the rebuild has ${result.outcome}`);
  return simulation.world.katello.load.total;
};
