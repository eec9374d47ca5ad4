import { exitCodes, runProgram } from '../../terminal/program.ts';
import { measure } from './measure.ts';

const seeds = 20;
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const usage = {
  call: 'npm run measure --',
  purpose:
    `Rebuilds the example fleet with ${seeds} seeds and prints the number of state transitions ` +
    'and the delay of decisions: the table of docs/architecture.md.',
  options: {},
};

await runProgram(usage, async () => {
  process.stdout.write(
    `${seeds} seeds of the example fleet, three proxies each\n\n` +
      'sync   past rebuilds   transitions   delay: median    max   too late   share of rebuild\n',
  );
  for (const [syncHours, hasPast] of [
    [3, true],
    [3, false],
    [24, true],
    [24, false],
  ] as const) {
    const figures = await measure(seeds, syncHours, hasPast);
    const cells = [
      `${syncHours} h`.padEnd(7),
      (hasPast ? 'known' : 'none').padEnd(14),
      `at most ${figures.transitionsMax}`.padStart(13),
      `${Math.round(figures.lateSecondsMedian)} s`.padStart(15),
      `${Math.round(figures.lateSecondsMax)} s`.padStart(7),
      `${figures.tooLate.length}`.padStart(11),
      `at most ${percent(figures.addedShareMax)}`.padStart(21),
    ];
    process.stdout.write(`${cells.join('')}\n`);
    for (const { gate, lateSeconds, phaseSeconds } of figures.tooLate.slice(0, 5)) {
      process.stdout.write(
        `       ${gate}: ${Math.round(lateSeconds)} s after ${Math.round(phaseSeconds)} s\n`,
      );
    }
  }
  return exitCodes.done;
});
