import { exitCodes, runProgram } from '../../terminal/program.ts';
import { loadOfLargeSite } from './katello-load.ts';
import { type Figures, measure, sum } from './measure.ts';

const seeds = 20;
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const callsText = ({ calls }: Figures): string =>
  [
    `at most ${sum(calls.values())}`.padEnd(14),
    ...[...calls].toSorted(([, one], [, other]) => other - one).map(([name, n]) => `${name} ${n}`),
  ].join('  ');

const usage = {
  call: 'npm run measure --',
  purpose:
    `Rebuilds the example fleet with ${seeds} seeds and prints the number of state transitions, the ` +
    'delay of decisions and the number of AWS calls, and what the rebuild of a proxy with a thousand ' +
    'repositories makes Katello load: the figures of docs/architecture.md.',
  options: {},
};

await runProgram(usage, async () => {
  process.stdout.write(
    `${seeds} seeds of the example fleet, three proxies each\n\n` +
      'sync   past rebuilds   transitions   delay: median    max   too late   added: worst   mean\n',
  );
  for (const [syncHours, hasPast] of [
    [3, true],
    [3, false],
    [24, true],
    [24, false],
  ] as const) {
    const figures = await measure(seeds, { syncHours, hasPast });
    const cells = [
      `${syncHours} h`.padEnd(7),
      (hasPast ? 'known' : 'none').padEnd(14),
      `at most ${figures.transitionsMax}`.padStart(13),
      `${Math.round(figures.lateSecondsMedian)} s`.padStart(15),
      `${Math.round(figures.lateSecondsMax)} s`.padStart(7),
      `${figures.tooLate.length}`.padStart(11),
      percent(figures.addedShareMax).padStart(15),
      percent(figures.wholeMean - 1).padStart(7),
    ];
    process.stdout.write(`${cells.join('')}\n`);
    for (const { gate, lateSeconds, phaseSeconds } of figures.tooLate.slice(0, 5)) {
      process.stdout.write(
        `       ${gate}: ${Math.round(lateSeconds)} s after ${Math.round(phaseSeconds)} s\n`,
      );
    }
  }
  process.stdout.write('\nproxies in the fleet   calls of AWS for one rebuild, sync of 3 h\n');
  for (const fleetSize of [3, 30, 300]) {
    const figures = await measure(1, { syncHours: 3, hasPast: true, fleetSize });
    process.stdout.write(`${String(fleetSize).padEnd(23)}${callsText(figures)}\n`);
  }
  const { calls, plans, steps, longestSeconds, timeouts } = await loadOfLargeSite();
  process.stdout.write(
    '\n1,000 repositories, the tasks of 30 days, sync of 12 h: one rebuild makes\n' +
      `${calls} calls of Katello, which load ${plans} plans with ${steps} steps; the longest takes ` +
      `${Math.round(longestSeconds)} s, ${timeouts} time out\n`,
  );
  return exitCodes.done;
});
