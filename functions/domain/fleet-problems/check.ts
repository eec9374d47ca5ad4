import type { SmartProxy } from '../fleet.ts';
import type { Path, SoundFleet } from './sound-fleet.ts';

/** A problem that shows only when several parts of a fleet file are compared. */
export interface FleetProblem {
  readonly path: Path;
  readonly text: string;
}

export type Check = (fleet: SoundFleet) => readonly FleetProblem[];

export const eachProxy =
  (
    check: (proxy: Partial<SmartProxy>, path: Path, fleet: SoundFleet) => readonly FleetProblem[],
  ): Check =>
  (fleet) =>
    (fleet.proxies ?? []).flatMap((proxy, index) => check(proxy, ['proxies', index], fleet));

interface Use {
  readonly value: string;
  readonly path: Path;
}

/** A problem for each use of a value after the first. */
export const repeated = (
  uses: readonly Use[],
  text: (value: string) => string,
): readonly FleetProblem[] =>
  uses
    .filter(({ value }, index) => uses.findIndex((use) => use.value === value) < index)
    .map(({ value, path }) => ({ path, text: text(value) }));

export const uses = (
  fleet: SoundFleet,
  read: (proxy: Partial<SmartProxy>) => Record<string, unknown>,
): Use[] =>
  (fleet.proxies ?? []).flatMap((proxy, index) =>
    Object.entries(read(proxy)).flatMap(([key, value]) =>
      typeof value === 'string' ? [{ value, path: ['proxies', index, ...key.split('.')] }] : [],
    ),
  );
