import type { Layout } from '../../functions/domain/fleet.ts';
import { type Mishap, MishapAt } from './mishaps.ts';
import { type Simulated, simulateOne } from './simulate-one.ts';

/** One at a time, at every call: it fails before, it fails after its effect, the function is killed, the execution stopped. */
export const enumerated: readonly Mishap[] = [
  'lost-before',
  'lost-after',
  'killed-before',
  'killed-after',
  'stopped',
];

const seed = 11;

export interface Position {
  readonly layout: Layout;
  readonly position: number;
  readonly mishap: Mishap;
}

/** Calls that the normal rebuild of one proxy makes, invocations of its functions included. */
export const countCalls = async (layout: Layout): Promise<number> => {
  const none = new MishapAt(-1, 'lost-before');
  await simulateOne({ seed, mishaps: none, layout, hasWeather: false, isShort: true });
  return none.calls;
};

/** Every position of the normal rebuild with every mishap. */
export const allPositions = async (layout: Layout): Promise<readonly Position[]> => {
  const calls = await countCalls(layout);
  return enumerated.flatMap((mishap) =>
    Array.from({ length: calls }, (_, position) => ({ layout, position, mishap })),
  );
};

export const simulateAt = ({ layout, position, mishap }: Position): Promise<Simulated> =>
  simulateOne({ seed, mishaps: new MishapAt(position, mishap), layout, hasWeather: false });
