import { expect, test } from '@jest/globals';
import { planText } from '../../../sandbox/rehearse/plan-text.ts';
import { runScenario } from '../../../sandbox/run/run-scenario.ts';
import { readRunInput } from '../../../sandbox/scenario/run-input.ts';

test('a plan gives each latest start as an instant and as the time until then', async () => {
  const input = readRunInput({ dryRun: true, proxies: ['eu-north'] });
  const run = await runScenario(input, { transport: 'in-process' });

  expect(planText(run)).toBe(`Plan at 2026-01-10 22:00 UTC; nothing was changed.
  rebuild 1  eu-north  20.0 days old; must start by 2026-01-11 16:43 (in 18 h 43 min)
  skip       eu-south  20.0 days old; must start by 2026-01-11 16:43 (in 18 h 43 min)
  skip       eu-west   20.0 days old; must start by 2026-01-11 16:43 (in 18 h 43 min)
  Image: a new image, baked from ami-0ba5e0000000000b
  Compared: eu-north: metadata of 26 repositories (on_demand); packages are fetched when a client asks first
`);
});
