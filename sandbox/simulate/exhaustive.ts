import type { Layout } from '../../functions/domain/fleet.ts';
import type { StepName } from '../../functions/steps/register.ts';
import { KeptMishaps } from '../faults/injection.ts';
import type { Call, Mishap, Struck } from '../faults/sites.ts';
import { CaseRun, type SimulatedCase } from './case-run.ts';

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

/**
 * Each of the steps' invocations, and of their calls that change something, after a case's mishaps have
 * struck, with each mishap on top of them. A read that fails ends its function as killing it there does.
 */
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
    .filter(({ step, isRead }) => !isRead && step !== null && steps.includes(step))
    .flatMap(struckAt)
    .map((struck) => ({ ...base, mishaps: [...base.mishaps, struck] }));
};

const retiring: readonly StepName[] = ['retireIncumbent', 'settleProxy'];
const puttingBack: readonly StepName[] = ['restoreProxy'];

/** Each of these cases, with one mishap more. */
const withOneMore = async (
  firsts: readonly Enumerated[],
  steps: readonly StepName[],
): Promise<readonly Enumerated[]> => {
  const pairs: (readonly Enumerated[])[] = [];
  // One after the other: a simulated run has the clock of its thread to itself.
  for (const first of firsts) pairs.push(await followedBy(first, steps));
  return pairs.flat();
};

/** Every two mishaps of which the first strikes while retiring and the second there or while putting back. */
const pairsWhileRetiring = async (layout: Layout): Promise<readonly Enumerated[]> =>
  withOneMore(await followedBy(calm(layout), retiring), [...retiring, ...puttingBack]);

/** The execution is stopped at the end of its soak, and every two mishaps strike what puts it back. */
const pairsWhilePuttingBack = async (layout: Layout): Promise<readonly Enumerated[]> => {
  const confirm = (await callsOf(calm(layout))).findLast(
    ({ service, operation }) => service === 'lambda' && operation === 'admitReplacement',
  );
  if (confirm === undefined) return [];
  const mishaps = [{ ...asPlace(confirm), mishap: 'stopped' as const }];
  const firsts = await followedBy({ ...calm(layout), mishaps }, puttingBack);
  return withOneMore(firsts, puttingBack);
};

/** All cases of a kind, for both layouts. */
export const enumeratedCases = async (
  kind: 'singles' | 'pairs',
): Promise<readonly SimulatedCase[]> => {
  const makers = kind === 'singles' ? [singles] : [pairsWhileRetiring, pairsWhilePuttingBack];
  const cases: (readonly SimulatedCase[])[] = [];
  for (const layout of layouts) for (const make of makers) cases.push(await make(layout));
  return cases.flat();
};
