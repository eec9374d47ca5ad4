import { beforeAll, describe, expect, test } from '@jest/globals';
import { cachedSecrets } from '../../../functions/adapters/aws/ssm-secrets.ts';
import { type Measurement, measure } from '../../../functions/health-metrics/measure.ts';
import { compose } from '../../../functions/lambda/compose.ts';
import { groups, instances, ledger } from '../../../functions/lambda/ports.ts';
import type { ScenarioRun } from '../../../sandbox/run/run-scenario.ts';
import type { Simulation } from '../../../sandbox/run/simulation.ts';
import { closings, runExample } from './run.ts';

const noCertificate = async () => null;

/** What the deployed function would emit at that moment. */
const measureIn = async ({ world }: Simulation): Promise<readonly Measurement[]> => {
  const { environment } = world;
  const secrets = cachedSecrets(environment.ssm, environment.clock);
  const wiring = { groups, instances, ledger };
  return measure(await compose(wiring, { ...environment, secrets }, null), noCertificate);
};

/** After the rollback, and before the sweep that follows a day after the start. */
const betweenHours = 20;

describe('a first rebuild that was stopped while the instance booted', () => {
  let run: ScenarioRun;
  let measured: readonly Measurement[] = [];
  beforeAll(async () => {
    run = await runExample('first-launch-stopped', {
      prepare: (simulation) =>
        simulation.kernel.after(betweenHours * 3600, async () => {
          measured = await measureIn(simulation);
        }),
    });
  });

  test('leaves an empty instance in service, because there is no other', () => {
    expect(run.result.proxies.find(({ name }) => name === 'eu-north')).toMatchObject({
      incumbent: null,
      clientSeconds: { incomplete: expect.any(Number) },
    });
    expect(run.result.proxies[0]?.clientSeconds.incomplete).toBeGreaterThan(20 * 3600);
  });

  test('says in Slack that this instance was never verified', () => {
    expect(closings(run, 'eu-north')[0]).toMatch(
      /rolled back.*Serving: i-\w+, never verified to be filled: the next sweep rebuilds it/s,
    );
  });

  test('counts as unsettled from the launch on, in the metric of the alarm rebuild-unsettled', () => {
    const north = measured.find(({ proxy }) => proxy === 'eu-north');

    expect(north?.values).toMatchObject({ present: 1 });
    expect(north?.values.unsettled).toBeCloseTo(betweenHours - 25 / 60, 1);
    expect(measured.find(({ proxy }) => proxy === 'eu-west')?.values.unsettled).toBe(0);
  });

  test('makes the proxy due at once, for the next sweep', () => {
    const sweep = run.simulation.executions.all().find(({ name }) => name === 'sweep-1');

    expect(run.result.slack.map(({ text }) => text).join('\n')).toContain(
      'eu-north: its content was never verified',
    );
    expect(sweep?.status).toBe('SUCCEEDED');
    expect(run.simulation.probe.view('eu-north')).toBe('served');
  });
});
