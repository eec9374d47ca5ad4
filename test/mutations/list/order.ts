import { beginningOf } from '../../statemachine/titles.ts';
import type { Mutation } from '../mutation.ts';
import { leadElsewhere } from '../state-changes.ts';

/** What must happen before what. */
export const orderMutations: readonly Mutation[] = [
  {
    name: 'admitted-before-it-is-filled',
    file: 'functions/steps/await-provisioning.ts',
    what: 'With two names, too, the replacement serves as soon as it is provisioned.',
    from: "admitFirst = layoutOf(proxy) === 'one-name' || !somethingServes",
    to: "admitFirst = layoutOf(proxy) !== 'one-name' || !somethingServes",
  },
  {
    name: 'retired-before-it-is-verified',
    machine: 'rebuild-proxy',
    what: 'Once the incumbent stands by, it is retired; sync and verification of the change-over are left out.',
    change: leadElsewhere(beginningOf('changeover'), beginningOf('soak')),
  },
  {
    name: 'first-boot-not-waited-for',
    machine: 'rebuild-proxy',
    what: 'The control name moves and the sync starts while the replacement still installs itself.',
    change: leadElsewhere(beginningOf('provision'), beginningOf('fill')),
  },
  {
    name: 'incumbent-terminated-not-stood-by',
    file: 'functions/steps/stand-by-incumbent.ts',
    what: 'The incumbent is terminated where it should only leave the load balancer.',
    from: 'await ports.groups.enterStandby(group.name, incumbent.id);',
    to: "await (ports as unknown as PortsWith<'groups.terminate'>).groups.terminate(incumbent.id, { decrement: true });",
  },
  {
    name: 'unhealthy-replacement-is-admitted',
    file: 'functions/steps/admit-replacement.ts',
    what: 'The replacement counts as admitted when Auto Scaling says so, whatever the load balancer finds.',
    from: 'if (isServing(instance) && isHealthyEverywhere(health)) {',
    to: 'if (isServing(instance) || isHealthyEverywhere(health)) {',
  },
];
