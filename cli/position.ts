import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import { NamedFailure } from '../functions/domain/failures.ts';
import { fleetRunSchema } from '../functions/domain/fleet-run.ts';
import type { Phase } from '../functions/domain/record.ts';
import { runSchema } from '../functions/domain/run.ts';
import { type FollowedSync, followedSyncSchema } from '../functions/domain/sections.ts';
import { waitingForIn } from '../functions/domain/waiting.ts';
import { phaseBegunBy } from '../statemachine/readers/phases.ts';
import { isOuterState, sectionWrittenBy } from '../statemachine/readers/progress.ts';
import type { Deployment } from './deployment.ts';
import { eventsBackwards, parseJson } from './executions.ts';

/** The sync that the current phase is waiting for, as last observed. */
const syncSchema = z.object({ sync: followedSyncSchema });

/** The position of a `rebuild-proxy` execution. */
export interface Position {
  /** Its current state. */
  readonly state: string | null;
  readonly phase: Phase | null;
  readonly phaseStartedAt: Date | null;
  /** How long the phase took in past rebuilds; `null` when unknown. */
  readonly expectedSeconds: number | null;
  readonly sync: FollowedSync | null;
  /** What the last check found missing; `null` when the check passed. */
  readonly waitingFor: string | null;
}

/** The position of a `rebuild-fleet` execution. */
export interface FleetPosition {
  readonly state: string | null;
  readonly plan: z.infer<typeof fleetRunSchema>['plan'] | null;
}

/** The SDK does not check the type, and states are looked up by name. */
const nameIn = (details: { readonly name: string | undefined } | undefined): string | null => {
  const name = details?.name ?? null;
  if (name === null || typeof name === 'string') return name;
  throw new NamedFailure(
    'UnexpectedAnswer',
    'Step Functions returned a state name that is not a string',
  );
};

const enteredState = (event: HistoryEvent): string | null => nameIn(event.stateEnteredEventDetails);
const exitedState = (event: HistoryEvent): string | null => nameIn(event.stateExitedEventDetails);
const outputOf = (event: HistoryEvent): unknown => parseJson(event.stateExitedEventDetails?.output);

const expectations = z.object({ plan: runSchema.shape.plan.pick({ expectedSeconds: true }) });

const record = z.record(z.string(), z.unknown());

/** Reads backwards from the newest event to the start of the phase. */
export const positionOf = async (deployment: Deployment, arn: string): Promise<Position> => {
  let state: string | null = null;
  let sync: FollowedSync | null = null;
  let answer: unknown;
  let expected: z.infer<typeof expectations>['plan']['expectedSeconds'] | null = null;
  const position = (phase: Phase | null, phaseStartedAt: Date | null): Position => {
    const expectedSeconds = phase === null ? null : (expected?.[phase] ?? null);
    return {
      state,
      phase,
      phaseStartedAt,
      expectedSeconds,
      sync,
      waitingFor: waitingForIn(answer),
    };
  };
  for await (const event of eventsBackwards(deployment, arn)) {
    state ??= enteredState(event);
    const left = exitedState(event);
    if (left !== null)
      expected ??= expectations.safeParse(outputOf(event)).data?.plan.expectedSeconds ?? null;
    const section = left === null ? null : sectionWrittenBy(left);
    if (section === 'sync') sync ??= syncSchema.safeParse(outputOf(event)).data?.sync ?? null;
    if (section !== null) answer ??= record.safeParse(outputOf(event)).data?.[section];
    const phase = phaseBegunBy(enteredState(event) ?? '');
    if (phase !== null) return position(phase, event.timestamp ?? null);
  }
  return position(null, null);
};

const planned = fleetRunSchema.pick({ plan: true });

export const fleetPositionOf = async (
  deployment: Deployment,
  arn: string,
): Promise<FleetPosition> => {
  let state: string | null = null;
  for await (const event of eventsBackwards(deployment, arn)) {
    const name = enteredState(event) ?? exitedState(event) ?? '';
    if (!isOuterState('rebuild-fleet', name)) continue;
    state ??= enteredState(event);
    const run = planned.safeParse(outputOf(event));
    if (run.success) return { state, plan: run.data.plan };
  }
  return { state, plan: null };
};
