import type { Mutation } from '../mutation.ts';

/** A replacement that serves must hold what the incumbent held. */
export const contentMutations: readonly Mutation[] = [
  {
    name: 'sync-believes-katellos-history',
    file: 'functions/adapters/katello/content.ts',
    what: 'The complete sync leaves skip_metadata_check out, so Katello skips what it believes to be there.',
    from: "body: { skip_metadata_check: scope === 'complete' },",
    to: 'body: {},',
  },
  {
    name: 'first-sync-is-light',
    file: 'functions/steps/start-sync.ts',
    what: 'The sync is light unless the content was found incomplete before, which it never was.',
    from: "run.content?.filled === true ? 'light' : 'complete'",
    to: "run.content?.filled === false ? 'complete' : 'light'",
  },
  {
    name: 'earlier-sync-is-found-again',
    file: 'functions/domain/derived-id.ts',
    what: 'The request id of a sync leaves the execution out, so each rebuild finds the sync of the last one.',
    from: "derivedId(executionId, 'sync', stage, String(attempt))",
    to: "derivedId(executionId.split(':').slice(0, -1).join(':'), 'sync', stage, String(attempt))",
  },
  {
    name: 'gate-believes-katello-alone',
    file: 'functions/domain/content-judgement.ts',
    what: 'What the replacement reports counts only where Katello finds something missing as well.',
    from: 'if (reported.length > 0 || fewer !== null)',
    to: 'if (counted.length > 0 && (reported.length > 0 || fewer !== null))',
  },
  {
    name: 'gate-counts-files-of-no-policy',
    file: 'functions/domain/content-gaps.ts',
    what: 'With the download policy immediate, units are compared, and files on the disk are not.',
    from: "...(policy === 'immediate' ?",
    to: '...(policy === null ?',
  },
  {
    name: 'gate-asks-the-incumbent',
    file: 'functions/steps/verify-content.ts',
    what: 'The incumbent reports in place of the replacement.',
    from: 'const { instanceId } = run.launch;',
    to: 'const instanceId = run.plan.incumbent?.id ?? run.launch.instanceId;',
  },
  {
    name: 'no-gate-before-admission',
    file: 'functions/steps/verify-content.ts',
    what: 'What the replacement holds is judged only once it serves.',
    from: 'assertFilled(baseline,',
    to: "if (stageOf(run) === 'changeover') assertFilled(baseline,",
  },
  {
    name: 'no-gate-before-retirement',
    file: 'functions/steps/verify-content.ts',
    what: 'What the replacement holds is judged only before it serves.',
    from: 'assertFilled(baseline,',
    to: "if (stageOf(run) === 'fill') assertFilled(baseline,",
  },
  {
    name: 'half-a-repository-is-tolerated',
    file: 'functions/steps/verify-content.ts',
    what: 'The tolerance is taken for the share that has to be there.',
    from: 'const { shrinkTolerance } = fleet.content;',
    to: 'const shrinkTolerance = 1 - fleet.content.shrinkTolerance;',
  },
  {
    name: 'launch-hook-times-out',
    file: 'functions/operations/launch-hook.ts',
    what: 'Nobody keeps the launch hook open while the replacement is filled.',
    from: '  for (const { id } of waiting) await ports.groups.heartbeat(group.name, id);\n',
    to: '',
  },
  {
    name: 'gateway-is-not-completed',
    file: 'functions/steps/verify-content.ts',
    what: 'The replacement is not asked to complete the list of its container gateway before it serves.',
    from: 'publicNames: completesGateway ? namesOfBaseline : gatewayLeftAlone,',
    to: 'publicNames: gatewayLeftAlone,',
  },
  {
    name: 'gateway-opens-every-repository',
    file: 'functions/domain/gateway.ts',
    what: 'Clients of the replacement need no login for a repository that needed one on the incumbent.',
    from: 'isFresh ? (gateway?.public ?? []) : []',
    to: 'isFresh ? (gateway?.repositories ?? []) : []',
  },
];
