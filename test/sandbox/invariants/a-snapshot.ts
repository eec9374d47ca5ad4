import type { SimulatedExecution } from '../../../sandbox/engine/execution.ts';
import type { Json, StateEvent } from '../../../sandbox/engine/state-event.ts';
import type { Invariant, Snapshot } from '../../../sandbox/invariants/snapshot.ts';
import { CaseRun } from '../../../sandbox/simulate/case-run.ts';
import { ledgerTable } from '../../../sandbox/world/deployed-fleet.ts';
import type { SimulatedWorld } from '../../../sandbox/world/world.ts';
import { definitions } from '../../../statemachine/readers/definitions.ts';
import { isFirstUnderLock } from '../../../statemachine/readers/lock.ts';
import { titleWhere } from '../../statemachine/titles.ts';

/** A world with one proxy, `p1`, in which nothing has happened and all is in order. */
export const aWorld = async (): Promise<SimulatedWorld> => {
  const { simulation } = new CaseRun({ seed: 1, profile: 'calm', layout: 'two-names' });
  await simulation.run();
  return simulation.world;
};

interface AnExecution {
  readonly name: string;
  readonly machine?: SimulatedExecution['machine'];
  readonly status?: SimulatedExecution['status'];
  readonly input?: Json;
  /** States that it has entered, with what they were given. */
  readonly states?: readonly (readonly [state: string, data?: object])[];
  readonly startedAt?: Date;
}

const at = new Date('2026-01-10T22:00:00Z');

export const anExecution = (asked: AnExecution): SimulatedExecution => {
  const { name, machine = 'rebuild-proxy', status = 'SUCCEEDED' } = asked;
  const history = (asked.states ?? []).map(
    ([state, data = {}]): StateEvent => ({
      at,
      kind: 'entered',
      state,
      stateType: definitions[machine].States[state]?.Type ?? '',
      data: data as Json,
    }),
  );
  const { startedAt = at, input = { proxy: 'p1', reason: 'scheduled' } } = asked;
  const arn = `arn:aws:states:eu-central-1:123456789012:execution:${machine}:${name}`;
  const rest = { input, output: null, error: null, startedAt, stoppedAt: startedAt };
  return { arn, name, machine, status, history, ...rest } as unknown as SimulatedExecution;
};

/** A snapshot of a world at rest, right after these executions have ended. */
export const aSnapshot = (
  world: SimulatedWorld,
  executions: readonly SimulatedExecution[] = [],
  seen: Partial<Snapshot> = {},
): Snapshot => ({
  world,
  executions: {
    all: () => executions,
    get: (arn: string) => executions.find((execution) => execution.arn === arn),
  } as unknown as Snapshot['executions'],
  probe: { view: () => 'served' } as unknown as Snapshot['probe'],
  disturbed: new Set(),
  gone: [],
  ended: executions,
  isQuiet: true,
  holders: new Map(),
  logLines: [],
  posted: [],
  misledBy: new Set(),
  isKatelloOpen: true,
  isSlackSpoiled: false,
  ...seen,
});

export const findingsOf = ({ check }: Invariant, snapshot: Snapshot): readonly string[] =>
  check(snapshot).map(({ text }) => text);

/** Writes what the controller remembers of `p1`. */
export const remember = (world: SimulatedWorld, record: object): void => {
  const whole = {
    restorePoint: null,
    attempts: [],
    durationsSeconds: {},
    contentCounts: null,
    lastRebuild: null,
    ...record,
  };
  world.aws.tables
    .get(ledgerTable)
    ?.set('proxy#p1', { id: { S: 'proxy#p1' }, record: { S: JSON.stringify(whole) } });
};

export const underLock = titleWhere('rebuild-proxy', (_, title) => isFirstUnderLock(title));
