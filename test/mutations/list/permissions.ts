import type { Mutation } from '../mutation.ts';

/** What roles may do. */
export const permissionMutations: readonly Mutation[] = [
  {
    name: 'launches-may-not-be-tagged',
    file: 'deployment/permissions/grants/groups.ts',
    what: 'The role that points the group at the candidate lacks ec2:CreateTags, so that Auto Scaling refuses the template.',
    from: '    taggingLaunches,\n',
    to: '',
  },
  {
    name: 'rollback-may-not-return-the-incumbent',
    file: 'deployment/permissions/grants/groups.ts',
    what: 'The roles that return an instance from Standby lack autoscaling:ExitStandby.',
    from: "onGroups('ExitStandby')",
    to: "onGroups('EnterStandby')",
  },
];
