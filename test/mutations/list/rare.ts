import type { Mutation } from '../mutation.ts';

/** Bugs that take too many runs for every build: what they need happens seldom. */
export const rareMutations: readonly Mutation[] = [
  {
    name: 'doomed-incumbent-is-kept',
    file: 'functions/domain/survivor.ts',
    what: 'A rollback keeps an incumbent that Auto Scaling is about to replace.',
    from: 'if (!instance.healthy) return 0;',
    to: 'if (!instance.healthy && instance.id !== incumbentId) return 0;',
  },
  {
    name: 'first-failed-launch-is-the-last',
    file: 'functions/steps/launch-replacement.ts',
    what: 'A launch has failed as soon as one Availability Zone refuses it.',
    from: 'messages.length >= failuresMax',
    to: 'messages.length < failuresMax',
  },
  {
    name: 'unknown-instance-counts-as-verified',
    file: 'functions/operations/ages.ts',
    what: 'A proxy without a past rebuild is never due for what it may lack.',
    from: 'return isUnverified(record, present) ?',
    to: 'return record.lastRebuild !== null && isUnverified(record, present) ?',
  },
  {
    name: 'survivor-may-be-scaled-in',
    file: 'functions/operations/removal.ts',
    what: 'While others are removed, Auto Scaling may choose the survivor.',
    from: "if (victim.lifecycleState !== 'Standby') await keepFromScaleIn",
    to: "if (victim.lifecycleState === 'Standby') await keepFromScaleIn",
  },
  {
    name: 'content-compared-with-nothing',
    file: 'functions/steps/verify-content.ts',
    what: 'What both witnesses say of the replacement is compared with itself instead of the baseline.',
    from: 'assertFilled(baseline,',
    to: 'assertFilled({ ...baseline, katello: counts, instance },',
  },
  {
    name: 'some-shortfalls-are-let-pass',
    file: 'functions/domain/content-judgement.ts',
    what: 'What Katello finds missing counts only where the replacement reports it as well.',
    from: 'if (counted.length > 0)',
    to: 'if (counted.length > 0 && reported.length > 0)',
  },
  {
    name: 'sync-posted-without-looking',
    file: 'functions/adapters/katello/start-once.ts',
    what: 'A sync is posted without looking whether the same request has started one.',
    from: 'if (earlier !== undefined) return earlier.task;',
    to: "if (earlier?.task.state === 'scheduled') return earlier.task;",
  },
  {
    name: 'paused-syncs-are-left',
    file: 'functions/operations/own-syncs.ts',
    what: 'Paused syncs of the rebuild are left to wait for a person.',
    from: "tasks.filter((task) => !hasEnded(task) || task.state === 'paused')",
    to: 'tasks.filter((task) => !hasEnded(task))',
  },
  {
    name: 'closing-message-is-not-claimed',
    file: 'functions/operations/announce.ts',
    what: 'A message is posted whether or not it was posted before.',
    from: '  if (!(await ports.ledger.claim(key, executionId))) return false;\n',
    to: '  await ports.ledger.claim(key, executionId);\n',
  },
  {
    name: 'image-in-use-is-removed',
    file: 'functions/domain/retention.ts',
    what: 'Retention does not look whether something still refers to an image.',
    from: '      !kept.has(image.id) &&\n      !referenced.has(image.id),',
    to: '      !kept.has(image.id) || referenced.size === images.length,',
  },
  {
    name: 'leftovers-are-not-due',
    file: 'functions/domain/due.ts',
    what: 'The sweep skips what an earlier rebuild left behind.',
    from: "if (leftBehind !== null) return { name, due: 'now',",
    to: "if (leftBehind !== null) return { name, due: 'later',",
  },
  {
    name: 'lock-is-not-checked',
    file: 'functions/operations/lock.ts',
    what: 'A redriven execution continues without the lock.',
    from: 'if (owner === execution.id) return;',
    to: 'if (owner === execution.id || owner !== request.proxy) return;',
  },
];
