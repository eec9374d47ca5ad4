import { isComplete } from '../world/content.ts';
import { groupOf } from './at-rest.ts';
import { perRebuild, recordOf } from './bookkeeping.ts';
import type { Invariant, Snapshot } from './snapshot.ts';

/** What Katello will skip from now on, because its history says that the proxy has it. */
const believed = ({ world }: Snapshot, proxy: string) => {
  const capsule = world.katello.capsuleOf(proxy);
  return Object.fromEntries(
    (capsule?.repositories() ?? [])
      .filter(({ id }) => capsule?.history.get(id)?.finishedAt != null)
      .map(({ id, counts }) => [capsule?.pathOf(id) ?? '', counts] as const),
  );
};

/**
 * Once a rebuild has ended, the one instance that serves holds what Katello believes it to hold, or the ledger says that
 * it has to be filled again. Katello brings anything else by itself.
 */
export const noContentIsSkipped: Invariant = {
  name: 'no-content-is-skipped',
  check: perRebuild((snapshot, _, proxy) => {
    const { world, misledBy, disturbed, holders } = snapshot;
    if (disturbed.has(proxy) || misledBy.size > 0 || (holders.get(proxy)?.size ?? 0) > 0)
      return null;
    const record = recordOf(snapshot, proxy);
    const members = groupOf(snapshot, proxy)?.members() ?? [];
    const machine = world.machines.get(members[0]?.id ?? '');
    if (members.length !== 1 || machine === undefined || record === null) return null;
    const isOwed = record.refill !== null || record.restorePoint !== null;
    if (isOwed || record.lastRebuild?.instanceId !== machine.id) return null;
    // Files that are missing on the disk are no matter of the history: Katello lists what it skips.
    return isComplete({ store: machine.store, files: {} }, believed(snapshot, proxy))
      ? null
      : `left ${machine.id} without content that Katello skips from now on`;
  }),
};
