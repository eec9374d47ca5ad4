import type { ProxyAge } from '../domain/due.ts';
import type { Fleet } from '../domain/fleet.ts';
import { median } from '../domain/pacing.ts';
import { type ProxyRecord, phases } from '../domain/record.ts';
import { isOverdue } from '../domain/refill.ts';
import { resourceNames } from '../domain/resource-names.ts';
import { isLeaving } from '../domain/survivor.ts';
import { isUnverified } from '../domain/verification.ts';
import type { PortsFor, PortsWith } from '../ports/port-methods.ts';

/** The assumed duration of a rebuild before one has been observed. */
const firstTimeSeconds = 6 * 3600;

const expectedSeconds = (record: ProxyRecord): number => {
  const learned = phases.map((phase) => median(record.durationsSeconds[phase] ?? []) ?? 0);
  const sum = learned.reduce((total, seconds) => total + seconds, 0);
  return sum === 0 ? firstTimeSeconds : sum;
};

/** Of what serves now, if the last rebuild has brought it up. */
const certificateExpiresAt = (
  { lastRebuild }: ProxyRecord,
  present: readonly string[],
): string | null =>
  lastRebuild !== null && present.includes(lastRebuild.instanceId)
    ? lastRebuild.certificateExpiresAt
    : null;

/** A proxy whose rebuild was interrupted, or whose serving instance has unverified content, is due at any age. */
const leftBehind = (
  record: ProxyRecord,
  present: readonly string[],
  isBehind: boolean,
): string | null => {
  if (record.restorePoint !== null) return 'an earlier rebuild was interrupted';
  if (isUnverified(record, present)) return 'its content was never verified';
  return isBehind ? 'it may lack content that was published during a failed rebuild' : null;
};

/** A refill that is still followed needs no rebuild. */
const isBehind = ({ refill }: ProxyRecord, { content }: Fleet, now: Date): boolean =>
  refill !== null && (refill.isGivenUp || isOverdue(refill, content, now));

/** Instances that are not on their way out, and when the oldest was launched: one in Standby is an old machine too. */
export interface Present {
  readonly ids: readonly string[];
  readonly launchedAt: Date | null;
}

export const readPresent = async (
  ports: PortsWith<'groups.read' | 'instances.read'>,
  fleet: Fleet,
  name: string,
): Promise<Present> => {
  const group = await ports.groups.read(resourceNames.group(fleet.fleet, name));
  const ids = group.instances.filter((instance) => !isLeaving(instance)).map(({ id }) => id);
  const launches = (await ports.instances.read(ids)).map(({ launchedAt }) => launchedAt.getTime());
  return { ids, launchedAt: launches.length === 0 ? null : new Date(Math.min(...launches)) };
};

export const ageNeeds = [
  'executions.isRunning',
  'groups.read',
  'instances.read',
  'ledger.lockHolder',
  'ledger.read',
] as const;

/** What planning has to know about each proxy. */
export const readAges = async (
  ports: PortsFor<typeof ageNeeds>,
  fleet: Fleet,
  now: Date,
): Promise<readonly ProxyAge[]> => {
  const ages: ProxyAge[] = [];
  for (const { name } of fleet.proxies) {
    const { ids, launchedAt } = await readPresent(ports, fleet, name);
    const record = await ports.ledger.read(name);
    const holder = await ports.ledger.lockHolder(name);
    ages.push({
      name,
      launchedAt,
      isBeingRebuilt: holder !== null && (await ports.executions.isRunning(holder.executionArn)),
      expectedSeconds: expectedSeconds(record),
      leftBehind: leftBehind(record, ids, isBehind(record, fleet, now)),
      certificateExpiresAt: certificateExpiresAt(record, ids),
      proven: record.lastRebuild?.proven,
    });
  }
  return ages;
};
