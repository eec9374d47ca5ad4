import { createHash } from 'node:crypto';

/**
 * An id that is derived from its parts: a repeated call has the same id, so that AWS and Katello can be asked
 * whether it was made before. It has the form of a UUID.
 */
export const derivedId = (...parts: readonly string[]): string => {
  const digits = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return [8, 12, 16, 20, 32]
    .map((end, index, ends) => digits.slice(ends[index - 1] ?? 0, end))
    .join('-');
};

/** Characters that Step Functions allows in the name of an execution. */
export const executionNameMax = 80;

/**
 * The name of the execution in which a fleet execution rebuilds a proxy: the same for every start, and short
 * enough whatever named the fleet execution, such as a person or the id of an event.
 */
export const rebuildExecutionName = (fleetExecution: string, proxy: string): string => {
  const name = `${fleetExecution}-${proxy}`;
  if (name.length <= executionNameMax) return name;
  const digest = createHash('sha256').update(fleetExecution).digest('hex').slice(0, 12);
  const end = `-${digest}-${proxy}`;
  return `${fleetExecution.slice(0, executionNameMax - end.length)}${end}`;
};

/** Marks the launch template versions of a rebuild; the execution's name is unique for 90 days. */
export const candidatePrefix = 'smart-proxy-rebuilder candidate of ';
export const candidateDescription = (executionName: string): string =>
  `${candidatePrefix}${executionName}`;

/** Request ids of the syncs and counts that one execution may start. */
export const syncRequestId = (executionId: string, stage: string, attempt: number): string =>
  derivedId(executionId, 'sync', stage, String(attempt));
export const countRequestId = (executionId: string, purpose: string): string =>
  derivedId(executionId, 'count', purpose);
