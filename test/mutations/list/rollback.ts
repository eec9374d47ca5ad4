import { releaseAfter } from '../../statemachine/titles.ts';
import type { Mutation } from '../mutation.ts';
import { changeTask, releaseEarly } from '../state-changes.ts';

/** What a rollback, or settling, could forget. */
export const rollbackMutations: readonly Mutation[] = [
  {
    name: 'sizes-stay',
    file: 'functions/operations/group-order.ts',
    what: 'The sizes of the group stay as the rebuild has set them.',
    from: '  if (!sameSizes(group, point)) await ports.groups.change(group, { sizes: point.sizes });\n',
    to: '  if (group.sizes.desired !== point.sizes.desired)\n    await ports.groups.change(group, { sizes: { ...group.sizes, desired: point.sizes.desired } });\n',
  },
  {
    name: 'processes-stay-suspended',
    file: 'functions/operations/group-order.ts',
    what: 'Processes that the rebuild has suspended stay so.',
    from: 'if (resume.length > 0) await ports.groups.resume',
    to: 'if (resume.length > point.suspends.length) await ports.groups.resume',
  },
  {
    name: 'candidate-version-stays-in-the-group',
    file: 'functions/operations/group-order.ts',
    what: 'The group keeps launching from the candidate version.',
    from: 'if (group.launchTemplate.version === point.launchTemplate.version) return;',
    to: 'if (group.launchTemplate.id === point.launchTemplate.id) return;',
  },
  {
    name: 'candidate-versions-are-left',
    file: 'functions/operations/group-order.ts',
    what: 'Candidate versions of the launch template are never deleted.',
    from: '  if (candidates.length === 0) return;',
    to: '  if (candidates.length <= 1) return;',
  },
  {
    name: 'protection-stays',
    file: 'functions/operations/group-order.ts',
    what: 'The instance that stays remains protected from scale-in.',
    from: 'survivor.protectedFromScaleIn !== isProtected)',
    to: '!survivor.protectedFromScaleIn && isProtected)',
  },
  {
    name: 'incumbent-stays-in-standby',
    file: 'functions/steps/roll-back-proxy.ts',
    what: 'A rollback leaves the incumbent in Standby.',
    from: "  if (survivor.lifecycleState === 'Standby')\n    await ports.groups.exitStandby(group.name, survivor.id);\n",
    to: '',
  },
  {
    name: 'control-name-is-not-rolled-back',
    file: 'functions/steps/roll-back-proxy.ts',
    what: 'The control name still points at the removed replacement.',
    from: 'await denials.tolerate(() => pointControlName(ports, observed, survivor.id, point));',
    to: 'if (isAsLeft(survivor, point)) await pointControlName(ports, observed, survivor.id, point);',
  },
  {
    name: 'own-syncs-keep-running',
    file: 'functions/steps/roll-back-proxy.ts',
    what: 'A rollback does not stop the syncs of the rebuild.',
    from: 'return await stopOwnSyncs(ports, point);',
    to: 'return await stopOwnSyncs(ports, { ...point, capsuleId: null });',
  },
  {
    name: 'settled-restore-point-is-kept',
    file: 'functions/steps/settle-proxy.ts',
    what: 'A rebuild that has succeeded leaves its restore point behind.',
    from: '    restorePoint: null,\n',
    to: '',
  },
  {
    name: 'restore-point-is-kept',
    file: 'functions/steps/roll-back-proxy.ts',
    what: 'The restore point is kept after the rollback.',
    from: '(old) => ({ ...old, restorePoint: null })',
    to: '(old) => old',
  },
  {
    name: 'failure-skips-the-restore',
    machine: 'rebuild-proxy',
    what: 'When a sync fails for good, the lock is released without rolling anything back.',
    change: changeTask('checkSync', ({ Catch }) => ({
      Catch: Catch.map((catcher) => ({ ...catcher, Next: releaseAfter('rollback') })),
    })),
  },
  {
    name: 'failure-is-not-caught',
    machine: 'rebuild-proxy',
    what: 'A sync that fails for good ends the execution on the spot.',
    change: changeTask('checkSync', () => ({ Catch: [] })),
  },
  {
    name: 'rollback-is-not-waited-for',
    machine: 'rebuild-proxy',
    what: 'The lock is released after the first move of a rollback, however much is left.',
    change: releaseEarly('rollback'),
  },
  {
    name: 'replacement-is-kept-not-the-incumbent',
    file: 'functions/domain/survivor.ts',
    what: 'A rollback keeps the instance that is in service, not the incumbent in Standby.',
    from: '  if (instance.id === incumbentId) return 3;\n',
    to: "  if (instance.id === incumbentId && instance.lifecycleState === 'InService') return 3;\n",
  },
  {
    name: 'outlived-incumbent-is-not-kept',
    file: 'functions/steps/launch-replacement.ts',
    what: 'A heal leaves it to Auto Scaling when the incumbent beside it goes.',
    from: 'if (run.plan.adopt !== null) await keepIncumbent',
    to: 'if (run.plan.adopt === null) await keepIncumbent',
  },
  {
    name: 'stops-are-not-followed',
    file: 'deployment/event-rules.ts',
    what: 'EventBridge starts no rollback for an execution that was stopped.',
    from: "status: ['FAILED', 'ABORTED', 'TIMED_OUT']",
    to: "status: ['FAILED', 'TIMED_OUT']",
  },
];
