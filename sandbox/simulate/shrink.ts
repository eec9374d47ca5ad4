import type { Fault } from '../scenario/faults.ts';
import type { Struck } from './mishaps.ts';
import { type Simulated, type SimulatedCase, simulateOne } from './simulate-one.ts';

/** One thing that went wrong in a run. */
type Item =
  | { readonly kind: 'mishap'; readonly struck: Struck }
  | { readonly kind: 'fault'; readonly fault: Fault };

const caseOf = (asked: SimulatedCase, items: readonly Item[]): SimulatedCase => ({
  ...asked,
  mishaps: items.flatMap((item) => (item.kind === 'mishap' ? [item.struck] : [])),
  faults: items.flatMap((item) => (item.kind === 'fault' ? [item.fault] : [])),
});

const parted = <Element>(elements: readonly Element[], parts: number): readonly Element[][] => {
  const size = Math.ceil(elements.length / parts);
  return Array.from({ length: parts }, (_, part) =>
    elements.slice(part * size, (part + 1) * size),
  ).filter(({ length }) => length > 0);
};

/**
 * The fewest things that have to go wrong for the same promise to be broken, as far as leaving out ever
 * smaller parts of them finds (delta debugging). `null`: the run breaks nothing when what struck is given.
 */
export const shrink = async (
  asked: SimulatedCase,
  { violations, struck, faults }: Simulated,
  attemptsMax: number,
): Promise<SimulatedCase | null> => {
  const broken = violations[0]?.invariant;
  let attempts = 0;
  const stillBreaks = async (items: readonly Item[]): Promise<boolean> => {
    attempts += 1;
    const run = await simulateOne(caseOf(asked, items));
    return run.violations.some(({ invariant }) => invariant === broken);
  };
  let items: readonly Item[] = [
    ...faults.map((fault): Item => ({ kind: 'fault', fault })),
    ...struck.map((one): Item => ({ kind: 'mishap', struck: one })),
  ];
  if (!(await stillBreaks(items))) return null;
  for (let parts = 2; items.length > 0 && attempts < attemptsMax; ) {
    const without = await firstThat(
      parted(items, parts).map((part) => items.filter((item) => !part.includes(item))),
      (rest) => (attempts < attemptsMax ? stillBreaks(rest) : Promise.resolve(false)),
    );
    if (without !== null) {
      items = without;
      parts = Math.max(2, parts - 1);
    } else if (parts >= items.length) break;
    else parts = Math.min(items.length, parts * 2);
  }
  return caseOf(asked, items);
};

const firstThat = async <Element>(
  elements: readonly Element[],
  fits: (element: Element) => Promise<boolean>,
): Promise<Element | null> => {
  for (const element of elements) if (await fits(element)) return element;
  return null;
};
