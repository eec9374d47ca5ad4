import type { ContentCounts } from '../domain/content-counts.ts';
import type { ContentReport } from '../domain/content-report.ts';
import type { AskedReport } from '../domain/sections.ts';
import { type Waiting, waiting } from '../domain/waiting.ts';
import type { PortsFor, PortsWith } from '../ports/port-methods.ts';
import { type countNeeds, type FreshCounts, freshCounts } from './content-count.ts';
import {
  type FreshReport,
  freshReport,
  type PublicNames,
  type reportNeeds,
} from './fresh-report.ts';

type WitnessPorts = PortsFor<typeof countNeeds | typeof reportNeeds> & PortsWith<'clock.now'>;

/** What a step remembers of both while it waits. */
interface Asked {
  readonly countTaskId: string | null;
  readonly report: AskedReport | null;
}

interface Question {
  readonly capsuleId: number;
  readonly instanceId: string;
  /** Of Katello's count. */
  readonly requestId: string;
  readonly asked: Asked | undefined;
  /** For the container gateway of the instance. */
  readonly publicNames: PublicNames;
}

/** The instance's own report, or why there is none. */
export type OwnWord = ContentReport | { readonly unreadable: string };

export type Witnesses =
  | (Waiting & Asked)
  | { readonly status: 'ready'; readonly counts: ContentCounts; readonly report: OwnWord };

/** For whichever comes first. */
const waitingFor = (...found: readonly (FreshCounts | FreshReport)[]): Waiting => {
  const waits = found.flatMap((one) => (one.status === 'waiting' ? [one] : []));
  const seconds = Math.min(...waits.map(({ waitSeconds }) => waitSeconds));
  return waiting(seconds, waits.map((one) => one.waitingFor).join('; '));
};

/**
 * Reports of two independent witnesses about an instance's content: Katello, which counts on whatever instance the
 * control name leads to from its host, and the instance itself. Both are asked at once.
 */
export const bothWitnesses = async (
  ports: WitnessPorts,
  { capsuleId, instanceId, requestId, asked, publicNames }: Question,
): Promise<Witnesses> => {
  const countTaskId = asked?.countTaskId ?? null;
  const counted = await freshCounts(ports, capsuleId, countTaskId, requestId);
  const reported = await freshReport(ports, instanceId, asked?.report ?? null, publicNames);
  if (counted.status === 'ready' && reported.status !== 'waiting') {
    const report = 'report' in reported ? reported.report : { unreadable: reported.reason };
    return { status: 'ready', counts: counted.counts, report };
  }
  return {
    ...waitingFor(counted, reported),
    countTaskId: 'countTaskId' in counted ? counted.countTaskId : countTaskId,
    report: reported.asked,
  };
};
