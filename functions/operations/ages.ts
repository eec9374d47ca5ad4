import type { ProxyAge } from '../domain/due.ts';
import type { Fleet } from '../domain/fleet.ts';
import { isLeaving } from '../domain/keeper.ts';
import { median } from '../domain/pacing.ts';
import { type ProxyRecord, phases } from '../domain/record.ts';
import { resourceNames } from '../domain/resource-names.ts';
import type { Ports } from '../ports/ports.ts';

/** What a rebuild is expected to take before one has been seen. */
const firstTimeSeconds = 6 * 3600;

const expectedSeconds = (record: ProxyRecord): number => {
  const learned = phases.map((phase) => median(record.durationsSeconds[phase] ?? []) ?? 0);
  const sum = learned.reduce((total, seconds) => total + seconds, 0);
  return sum === 0 ? firstTimeSeconds : sum;
};

/** A rebuild that was cut off, or a serving instance whose content was never verified, cannot wait for its age. */
const leftBehind = (record: ProxyRecord, present: readonly string[]): string | null => {
  if (record.restorePoint !== null) return 'an earlier rebuild was cut off';
  if (record.lastRebuild === null || present.includes(record.lastRebuild.instanceId)) return null;
  return 'its instance was never verified to be filled';
};

/** The age of each proxy is that of its oldest instance: also one in Standby is an old machine. */
export const readAges = async (
  ports: Pick<Ports, 'executions' | 'groups' | 'instances' | 'ledger'>,
  fleet: Fleet,
): Promise<readonly ProxyAge[]> => {
  const ages: ProxyAge[] = [];
  for (const { name } of fleet.proxies) {
    const group = await ports.groups.read(resourceNames.group(fleet.fleet, name));
    const present = group.instances.filter((instance) => !isLeaving(instance));
    const instances = await ports.instances.read(present.map(({ id }) => id));
    const oldest = instances
      .map(({ launchedAt }) => launchedAt)
      .sort((a, b) => a.getTime() - b.getTime())[0];
    const record = await ports.ledger.read(name);
    const holder = await ports.ledger.lockHolder(name);
    ages.push({
      name,
      isBeingRebuilt: holder !== null && (await ports.executions.isRunning(holder.executionArn)),
      launchedAt: oldest ?? null,
      expectedSeconds: expectedSeconds(record),
      leftBehind: leftBehind(
        record,
        present.map(({ id }) => id),
      ),
    });
  }
  return ages;
};
