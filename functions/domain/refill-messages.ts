import { adviceFor } from './advice.ts';
import type { ReadableFailure } from './failure-cause.ts';
import type { Message } from './message.ts';

/** The part of a closing message that says what the instance in service may lack, and until when. */
export const missingContentWords = (survivor: string, taskId: string | null): string => {
  const lacks = `${survivor} may lack what was published during the rebuild`;
  return taskId === null
    ? `${lacks}; Katello has yet to be asked to fill it again, which the controller retries`
    : `${lacks}, until Katello has filled it again: task ${taskId}`;
};

/** How a refill ended. */
export interface RefillEnd {
  readonly proxy: string;
  readonly fleet: string;
  /** `null` if it succeeded. */
  readonly failure: ReadableFailure | null;
}

const factLengthMax = 600;

/** What was left open by the closing message of a rebuild that was rolled back. */
export const refillMessage = ({ proxy, fleet, failure }: RefillEnd): Message =>
  failure === null
    ? {
        tone: 'good',
        title: `${proxy}: filled again; it serves what was published during the failed rebuild`,
        facts: [['Fleet', fleet]],
      }
    : {
        tone: 'warning',
        title: `${proxy}: not filled again; it may lack what was published during the failed rebuild`,
        facts: [
          ['Fleet', fleet],
          ['Failure', `${failure.name}: ${failure.cause.split('\n')[0]?.slice(0, factLengthMax)}`],
          ['Next', 'the next sweep rebuilds the proxy'],
        ],
        advice: adviceFor(failure.name),
      };
