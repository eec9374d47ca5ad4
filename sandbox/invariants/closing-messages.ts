import { isFirstUnderLock } from '../../statemachine/readers/lock.ts';
import type { SimulatedExecution } from '../engine/execution.ts';
import { ledgerTable } from '../world/deployed-fleet.ts';
import { isLeftToTheNext } from './bookkeeping.ts';
import { endedByItself, runOf, statesOf } from './history.ts';
import type { Finding, Invariant, Snapshot } from './snapshot.ts';

const closing = /^\S+: (rebuilt|healed|rolled back|(rebuild|heal) failed)/;

/** Claims of closing messages that were posted, by the execution that each closes. */
const closed = ({ world }: Snapshot): ReadonlySet<string> =>
  new Set(
    [...(world.aws.tables.get(ledgerTable) ?? [])]
      .filter(([key, item]) => key.startsWith(claim) && item['fulfilledAt'] !== undefined)
      .map(([key]) => key.slice(claim.length)),
  );

const claim = 'claim#closing#';

/** Slack did not take the message, for longer than the retries last. */
const couldNotPost = ({ history }: SimulatedExecution): boolean =>
  JSON.stringify(history.at(-1)?.data ?? null).includes('"announcementFailure"');

/** A rollback closes the rebuild before it; a heal that launched or adopted nothing posts nothing. */
const mustBeClosed = (execution: SimulatedExecution): boolean => {
  const states = statesOf(execution);
  if (execution.machine !== 'rebuild-proxy' || !states.some(isFirstUnderLock)) return false;
  const { request, launch } = runOf(execution);
  if (!endedByItself(execution) || request === undefined || request.reason === 'rollback')
    return false;
  if (isLeftToTheNext(execution) || couldNotPost(execution)) return false;
  return execution.status === 'FAILED' || launch !== undefined;
};

/** Each rebuild that has ended is closed by exactly one message. */
export const oneClosingMessage: Invariant = {
  name: 'one-closing-message',
  check: (snapshot) => {
    const { isQuiet, isSlackSpoiled, executions, world } = snapshot;
    if (!isQuiet || isSlackSpoiled) return [];
    const claims = closed(snapshot);
    const closings = world.slack.posts.filter(({ text }) => closing.test(text)).length;
    const silent = executions.all().filter((one) => mustBeClosed(one) && !claims.has(one.arn));
    return [
      ...(claims.size === closings
        ? []
        : [`${closings} closing messages for ${claims.size} rebuilds`]),
      ...silent.map(({ name }) => `no closing message for ${name}`),
    ].map((text): Finding => ({ proxy: null, text }));
  },
};
