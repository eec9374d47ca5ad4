import { machineNames } from '../../functions/domain/resource-names.ts';
import { readStateMachine } from '../../statemachine/definitions.ts';

type Found = readonly (readonly [resource: string, seconds: number])[];

const timeOutsIn = (value: unknown): Found => {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.values(value).flatMap(timeOutsIn);
  if (!('TimeoutSeconds' in value) || !('Resource' in value)) return below;
  return [[String(value.Resource), Number(value.TimeoutSeconds)], ...below];
};

const seconds: ReadonlyMap<string, number> = new Map(
  machineNames.flatMap((name) => timeOutsIn(JSON.parse(readStateMachine(name)))),
);

/** After how long Step Functions no longer waits for a step. */
export const timeOutSecondsOf = (step: string): number => seconds.get(`\${${step}}`) ?? 60;
