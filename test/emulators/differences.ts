import type { EmulatorName } from './emulator.ts';
import type { Chapter } from './rebuild-life.ts';

/** A step of a rebuild's life that ends in one way in the simulation and in another in an emulator. */
export interface Difference {
  readonly simulation: string;
  readonly emulator: string;
}

/** ministack has none of the operations that move an instance of a group; the contracts tell which. */
export const chapters: Readonly<Record<EmulatorName, readonly Chapter[]>> = {
  moto: ['template', 'group', 'records'],
  ministack: ['template', 'records'],
};

export const differences: Readonly<Record<EmulatorName, Readonly<Record<string, Difference>>>> = {
  moto: {},
  ministack: {},
};
