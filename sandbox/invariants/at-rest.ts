import { resourceNames } from '../../functions/domain/resource-names.ts';
import { ledgerTable, secrets } from '../world/world.ts';
import { type Invariant, type Look, perProxy } from './look.ts';

const atRest = (check: (look: Look, proxy: string) => string | null): Invariant['check'] =>
  perProxy((look, proxy) => (look.isQuiet ? check(look, proxy) : null));

const groupOf = ({ world }: Look, proxy: string) =>
  world.aws.groups.get(resourceNames.group(world.fleet.fleet, proxy));

/** Sizes, launch template, processes, protection and lifecycle states are as they should be. */
export const groupIsInOrder: Invariant = {
  name: 'group-is-in-order',
  check: atRest((look, proxy) => {
    const group = groupOf(look, proxy);
    if (group === undefined) return 'its group is gone';
    const { min, max, desired } = group.sizes;
    const members = group.members();
    // What a person has suspended, a person resumes.
    const left = [...group.suspended].filter((process) => !group.suspendedByHand.has(process));
    const problems = [
      min !== 1 || max !== 2 || desired !== 1
        ? `sizes ${min}/${desired}/${max} instead of 1/1/2`
        : '',
      group.templateVersion !== '1'
        ? `launch template version ${group.templateVersion} instead of 1`
        : '',
      left.length > 0 ? `suspended: ${left.join(', ')}` : '',
      members.length !== 1 ? `${members.length} instances instead of one` : '',
      ...members.map(({ id, state, isProtected }) =>
        state !== 'InService' || isProtected
          ? `${id} is ${state}${isProtected ? ', protected' : ''}`
          : '',
      ),
    ].filter((problem) => problem !== '');
    return problems.length === 0 ? null : problems.join('; ');
  }),
};

/** The control name leads to the instance that serves. */
export const controlNameIsRight: Invariant = {
  name: 'control-name-is-right',
  check: atRest((look, name) => {
    const { world } = look;
    const controlName = world.fleet.proxies.find((proxy) => proxy.name === name)?.controlName;
    const only = groupOf(look, name)?.members()[0];
    if (controlName === undefined || only === undefined) return null;
    const address = world.aws.zones.resolve(controlName, { cachedForSeconds: 0 });
    const wanted = world.machines.get(only.id)?.privateIp;
    return address === wanted
      ? null
      : `${controlName} leads to ${address}, not to ${wanted} of ${only.id}`;
  }),
};

/** The lock is free and nothing waits to be put back. */
export const ledgerIsClosed: Invariant = {
  name: 'ledger-is-closed',
  check: atRest(({ world }, name) => {
    const table = world.aws.tables.get(ledgerTable);
    if (table?.has(`lock#${name}`)) return 'its lock is held';
    const record = table?.get(`proxy#${name}`)?.['record']?.S;
    return record !== undefined && JSON.parse(record).restorePoint !== null
      ? 'a restore point is left'
      : null;
  }),
};

/** No sync goes on for an instance that is no more. */
export const noSyncIsLeft: Invariant = {
  name: 'no-sync-is-left',
  check: atRest(({ world, isKatelloOpen }, name) => {
    if (!isKatelloOpen) return null;
    const capsule = world.katello.capsules.find(({ description }) => description.proxy === name);
    const open =
      capsule === undefined
        ? []
        : world.katello
            .tasksOf(capsule)
            .filter(({ state, username }) => state !== 'stopped' && username === secrets.login);
    return open.length === 0
      ? null
      : `Katello still has ${open.length} tasks of it running or paused`;
  }),
};

/** Each rebuild that has ended is closed by exactly one message. */
export const oneClosingMessage: Invariant = {
  name: 'one-closing-message',
  check: ({ isQuiet, isSlackSpoiled, world }) => {
    if (!isQuiet || isSlackSpoiled) return [];
    const items = [...(world.aws.tables.get(ledgerTable) ?? [])];
    const claims = items.filter(
      ([key, item]) => key.startsWith('claim#closing#') && item['fulfilledAt'] !== undefined,
    ).length;
    const closings = world.slack.posts.filter(({ text }) => closing.test(text)).length;
    return claims === closings
      ? []
      : [{ proxy: null, text: `${closings} closing messages for ${claims} rebuilds` }];
  },
};

const closing = /^\S+ (is rebuilt|has healed|was put back|was not rebuilt)/;
