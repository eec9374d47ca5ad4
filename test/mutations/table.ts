import type { Hunt } from './hunt.ts';

const [nameWidth, runsWidth, secondsWidth] = [42, 6, 7] as const;

const columns = (name: string, runs: string, seconds: string, by: string): string =>
  `${name.padEnd(nameWidth)} ${runs.padStart(runsWidth)} ${seconds.padStart(secondsWidth)}  ${by}`;

export const heading = columns('mutation', 'runs', 'seconds', 'found by');

const runsOf = (hunted: Hunt): string => (hunted.kind === 'found' ? String(hunted.run) : '-');

const wordsOf = (hunted: Hunt): string => {
  if (hunted.kind === 'found') {
    const { seed, profile } = hunted.drawn;
    return `${hunted.invariants.join(', ')} (${profile}, seed ${seed})`;
  }
  return hunted.kind === 'nothing' ? 'NOT FOUND' : `NOT JUDGED: ${hunted.text}`;
};

export const row = (name: string, hunted: Hunt, seconds: number): string =>
  columns(name, runsOf(hunted), seconds.toFixed(1), wordsOf(hunted));
