import type { Layout } from '../../functions/domain/fleet.ts';
import type { StepName } from '../../functions/steps/register.ts';
import type { InjectedFault } from '../faults/fault.ts';
import type { InjectedFaultName } from '../faults/kinds.ts';
import type { Call } from '../faults/sites.ts';
import { CaseRun, type SimulatedCase } from './case-run.ts';

const seed = 11;
const layouts: readonly Layout[] = ['two-names', 'one-name'];

/** A case with an explicit list of faults. */
interface Enumerated extends SimulatedCase {
  readonly faults: readonly InjectedFault[];
}

const calm = (layout: Layout): Enumerated => ({ seed, layout, faults: [] });

/** The calls that a case's first rebuild makes, its rollback included. */
const callsOf = async (asked: Enumerated): Promise<readonly Call[]> => {
  const run = new CaseRun(asked);
  await run.run();
  return run.simulation.faults.injection.calls;
};

/** It fails before, it fails after its effect, the function is killed, the execution is stopped. */
const kindsAt = ({ service, isRead }: Call): readonly InjectedFaultName[] => {
  if (service === 'lambda') return ['killed-before', 'killed-after', 'stopped'];
  // What is lost of a read has no effect, before or after.
  return isRead
    ? ['lost-before', 'killed-before', 'stopped']
    : ['lost-before', 'lost-after', 'killed-before', 'killed-after', 'stopped'];
};

const faultAt = ({ service, operation, nth }: Call, fault: InjectedFaultName): InjectedFault => ({
  fault,
  service,
  operation,
  nth,
});

const faultsAt = (call: Call): readonly InjectedFault[] =>
  kindsAt(call).map((fault) => faultAt(call, fault));

const isAt = ({ service, operation, nth }: Call, fault: InjectedFault | undefined): boolean =>
  service === fault?.service && operation === fault.operation && nth === fault.nth;

/** Every fault at every call of the normal rebuild. */
const singles = async (layout: Layout): Promise<readonly Enumerated[]> => {
  const calls = await callsOf(calm(layout));
  return calls.flatMap(faultsAt).map((fault) => ({ ...calm(layout), faults: [fault] }));
};

/**
 * Each of the steps' invocations, and of their calls that change something, after a case's faults have
 * struck, with each fault on top of them. A read that fails ends its function as killing it there does.
 */
const followedBy = async (
  base: Enumerated,
  steps: readonly StepName[],
): Promise<readonly Enumerated[]> => {
  const calls = await callsOf(base);
  const from = calls.findIndex((call) => isAt(call, base.faults.at(-1)));
  return calls
    .slice(from + 1)
    .filter(({ step, isRead }) => !isRead && step !== null && steps.includes(step))
    .flatMap(faultsAt)
    .map((fault) => ({ ...base, faults: [...base.faults, fault] }));
};

const retiring: readonly StepName[] = ['retireIncumbent', 'settleProxy'];
const rollingBack: readonly StepName[] = ['rollBackProxy'];

/** Each of these cases, with one fault more. */
const withOneMore = async (
  firsts: readonly Enumerated[],
  steps: readonly StepName[],
): Promise<readonly Enumerated[]> => {
  const pairs: (readonly Enumerated[])[] = [];
  // One after the other: a simulated run has the clock of its thread to itself.
  for (const first of firsts) pairs.push(await followedBy(first, steps));
  return pairs.flat();
};

/** Every two faults of which the first strikes while retiring and the second there or during the rollback. */
const pairsWhileRetiring = async (layout: Layout): Promise<readonly Enumerated[]> =>
  withOneMore(await followedBy(calm(layout), retiring), [...retiring, ...rollingBack]);

/** The execution is stopped at the end of its soak, and every two faults strike its rollback. */
const pairsWhileRollingBack = async (layout: Layout): Promise<readonly Enumerated[]> => {
  const confirm = (await callsOf(calm(layout))).findLast(
    ({ service, operation }) => service === 'lambda' && operation === 'admitReplacement',
  );
  if (confirm === undefined) return [];
  const stopped = { ...calm(layout), faults: [faultAt(confirm, 'stopped')] };
  const firsts = await followedBy(stopped, rollingBack);
  return withOneMore(firsts, rollingBack);
};

/** All cases of a kind, for both layouts. */
export const enumeratedCases = async (
  kind: 'singles' | 'pairs',
): Promise<readonly SimulatedCase[]> => {
  const makers = kind === 'singles' ? [singles] : [pairsWhileRetiring, pairsWhileRollingBack];
  const cases: (readonly SimulatedCase[])[] = [];
  for (const layout of layouts) for (const make of makers) cases.push(await make(layout));
  return cases.flat();
};
