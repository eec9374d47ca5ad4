import type { Mutation } from '../mutation.ts';

const machine = 'statemachine/rebuild-proxy.asl.json';

/** What must happen before what. */
export const orderMutations: readonly Mutation[] = [
  {
    name: 'admitted-before-it-is-filled',
    file: 'functions/steps/await-provisioning.ts',
    what: 'With two names, too, the replacement serves as soon as it is provisioned.',
    from: "admitFirst: layoutOf(proxy) === 'one-name' || !somethingServes",
    to: "admitFirst: layoutOf(proxy) !== 'one-name' || !somethingServes",
  },
  {
    name: 'retired-before-it-is-verified',
    file: machine,
    what: 'Once the incumbent stands by, it is retired; sync and verification of the change-over are left out.',
    from: '"StringEquals": "ready", "Next": "Begin the change-over" }',
    to: '"StringEquals": "ready", "Next": "Begin to soak" }',
  },
  {
    name: 'first-boot-not-waited-for',
    file: machine,
    what: 'The control name moves and the sync starts while the replacement still installs itself.',
    from: '"Next": "Begin to provision"',
    to: '"Next": "Begin to fill"',
  },
  {
    name: 'incumbent-terminated-not-stood-by',
    file: 'functions/steps/stand-by-incumbent.ts',
    what: 'The incumbent is terminated where it should only leave the load balancer.',
    from: 'await ports.groups.enterStandby(group.name, incumbent.id);',
    to: 'await ports.groups.terminate(incumbent.id, { decrement: true });',
  },
  {
    name: 'unhealthy-replacement-is-admitted',
    file: 'functions/steps/admit-replacement.ts',
    what: 'The replacement counts as admitted when Auto Scaling says so, whatever the load balancer finds.',
    from: 'if (isServing(instance) && isHealthyEverywhere(health)) return',
    to: 'if (isServing(instance) || isHealthyEverywhere(health)) return',
  },
  {
    name: 'anyone-may-answer',
    file: 'functions/steps/fence-replacement.ts',
    what: 'The fence is content when the replacement is one of those that answer.',
    from: 'if (wrong.length > 0)',
    to: 'if (wrong.length === answers.length)',
  },
  {
    name: 'control-name-not-waited-for',
    file: 'functions/steps/point-control-name.ts',
    what: 'The control name counts as moved as soon as Route 53 has taken the change.',
    from: 'if (changeId !== null && (await ports.dns.isInSync(changeId)))',
    to: 'if (changeId !== null || isWritten)',
  },
  {
    name: 'heal-joins-unfilled',
    file: 'functions/steps/relieve-outage.ts',
    what: 'A launch beside a rebuild is let in at once although something serves.',
    from: 'if (group.instances.some(isServing)) return { admitted: null };',
    to: 'if (group.instances.every(isServing)) return { admitted: null };',
  },
  {
    name: 'waiting-instance-joins-unfilled',
    file: 'functions/steps/restore-proxy.ts',
    what: 'An instance that waits is let in, filled or not, although something serves.',
    from: 'if (!group.instances.some(isServing)) {',
    to: 'if (!group.instances.every(isServing)) {',
  },
  {
    name: 'last-healthy-instance-may-go',
    file: 'functions/operations/removal.ts',
    what: 'The guard lets an instance go whenever another one is in service, healthy or not.',
    from: 'victim.id !== keeperId && (await servesEverywhere(ports, group, keeper))',
    to: 'victim.id !== keeperId && keeper !== undefined',
  },
];
