import type { Layout } from '../../functions/domain/fleet.ts';
import type { StepName } from '../../functions/steps/register.ts';
import { KeptMishaps } from './kept-mishaps.ts';
import type { Call, Mishap, Struck } from './mishaps.ts';
import { CaseRun, type SimulatedCase } from './simulate-one.ts';

const seed = 11;
const layouts: readonly Layout[] = ['two-names', 'one-name'];

/** A case that names everything that goes wrong in it. */
type Enumerated = SimulatedCase & { readonly mishaps: readonly Struck[] };

const calm = (layout: Layout): Enumerated => ({ seed, layout, faults: [], mishaps: [] });

/** The calls that a case's first rebuild makes, what puts it back included. */
const callsOf = async (asked: Enumerated): Promise<readonly Call[]> => {
  const run = new CaseRun(asked);
  await run.run();
  return run.mishaps instanceof KeptMishaps ? run.mishaps.calls.slice(0, run.callsUnderFire) : [];
};

/** It fails before, it fails after its effect, the function is killed, the execution is stopped. */
const mishapsAt = ({ service, isRead }: Call): readonly Mishap[] => {
  if (service === 'lambda') return ['killed-before', 'killed-after', 'stopped'];
  // What is lost of a read has no effect, before or after.
  return isRead
    ? ['lost-before', 'killed-before', 'stopped']
    : ['lost-before', 'lost-after', 'killed-before', 'killed-after', 'stopped'];
};

const struckAt = (call: Call): readonly Struck[] =>
  mishapsAt(call).map((mishap) => ({ ...asPlace(call), mishap }));

const asPlace = ({ service, operation, nth }: Call) => ({ service, operation, nth });

/** Every mishap at every call of the normal rebuild. */
const singles = async (layout: Layout): Promise<readonly Enumerated[]> => {
  const calls = await callsOf(calm(layout));
  return calls.flatMap(struckAt).map((struck) => ({ ...calm(layout), mishaps: [struck] }));
};

/** Each of the steps' calls that come after a case's mishaps have struck, with each mishap, on top of them. */
const followedBy = async (
  base: Enumerated,
  steps: readonly StepName[],
): Promise<readonly Enumerated[]> => {
  const calls = await callsOf(base);
  const last = base.mishaps.at(-1);
  const from = calls.findIndex(
    ({ service, operation, nth }) =>
      service === last?.service && operation === last.operation && nth === last.nth,
  );
  return calls
    .slice(from + 1)
    .filter(({ step }) => step !== null && steps.includes(step))
    .flatMap(struckAt)
    .map((struck) => ({ ...base, mishaps: [...base.mishaps, struck] }));
};

const retiring: readonly StepName[] = ['retireIncumbent', 'settleProxy'];
const puttingBack: readonly StepName[] = ['restoreProxy'];

/** Every two mishaps of which the first strikes while retiring and the second there or while putting back. */
const pairsWhileRetiring = async (layout: Layout): Promise<readonly Enumerated[]> => {
  const firsts = await followedBy(calm(layout), retiring);
  const pairs: Enumerated[] = [];
  for (const first of firsts)
    pairs.push(...(await followedBy(first, [...retiring, ...puttingBack])));
  return pairs;
};

/** The execution is stopped at the end of its soak, and every two mishaps strike what puts it back. */
const pairsWhilePuttingBack = async (layout: Layout): Promise<readonly Enumerated[]> => {
  const confirm = (await callsOf(calm(layout))).findLast(
    ({ service, operation }) => service === 'lambda' && operation === 'admitReplacement',
  );
  if (confirm === undefined) return [];
  const stopped = {
    ...calm(layout),
    mishaps: [{ ...asPlace(confirm), mishap: 'stopped' as const }],
  };
  const pairs: Enumerated[] = [];
  for (const first of await followedBy(stopped, puttingBack))
    pairs.push(...(await followedBy(first, puttingBack)));
  return pairs;
};

/** All cases of a kind, for both layouts. */
export const enumeratedCases = async (
  kind: 'singles' | 'pairs',
): Promise<readonly SimulatedCase[]> => {
  const cases: SimulatedCase[] = [];
  for (const layout of layouts) {
    if (kind === 'singles') cases.push(...(await singles(layout)));
    else
      cases.push(...(await pairsWhileRetiring(layout)), ...(await pairsWhilePuttingBack(layout)));
  }
  return cases;
};
