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
    name: 'launch-hook-times-out',
    file: 'functions/operations/launch-hook.ts',
    what: 'Nobody keeps the launch hook open while the replacement is filled.',
    from: '  await ports.groups.heartbeat(group.name, id);\n',
    to: '',
  },
];
