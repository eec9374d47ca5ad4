import { expect, test } from '@jest/globals';
import { runScenario } from '../../../sandbox/run/run-scenario.ts';
import { readRunInput } from '../../../sandbox/scenario/run-input.ts';

/** Katello's resolver has cached the old address for another part of the TTL at each of these moments. */
const starts = [0, 7, 13, 22].map((second) => new Date(Date.UTC(2026, 0, 10, 22, 0, second)));

test.each(starts)('a run that starts at %j starts no sync with an old address', async (at) => {
  const { scenario, fleet } = readRunInput({ proxies: ['eu-north'] });
  const start = { ...scenario.start, at };
  const ends: string[] = [];

  await runScenario(
    { fleet, scenario: { ...scenario, start } },
    {
      transport: 'in-process',
      onEvent: ({ kind, text }) => {
        if (kind === 'sync-ended') ends.push(text);
      },
    },
  );

  expect(ends).toHaveLength(2);
  for (const text of ends) expect(text).toMatch(/ended with success$/);
});
