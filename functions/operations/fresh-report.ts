import type { ContentReport } from '../domain/content-report.ts';
import { isFailure } from '../domain/failures.ts';
import type { AskedReport } from '../domain/sections.ts';
import { notYetAfter, type Waiting } from '../domain/waiting.ts';
import type { PortsFor, PortsWith } from '../ports/port-methods.ts';

export const reportNeeds = ['contentReports.read', 'contentReports.start'] as const;
type ReportPorts = PortsFor<typeof reportNeeds> & PortsWith<'clock.now'>;

export type FreshReport =
  | (Waiting & { readonly asked: AskedReport })
  | { readonly status: 'ready'; readonly asked: AskedReport; readonly report: ContentReport }
  | { readonly status: 'unreadable'; readonly asked: AskedReport; readonly reason: string };

/** A service that has just started may refuse once or twice. */
const failuresAllowed = 2;

const look = (ports: ReportPorts, asked: AskedReport, words: string): FreshReport => {
  const seconds = (ports.clock.now().getTime() - Date.parse(asked.since)) / 1000;
  try {
    return { ...notYetAfter(seconds, 'report', words), asked };
  } catch (error) {
    if (!isFailure(error, 'ContentNotReported')) throw error;
    return { status: 'unreadable', asked, reason: (error as Error).message };
  }
};

/** Read only when a command is sent: not every look needs it. */
export type PublicNames = () => Promise<readonly string[] | null>;

/** For a report that leaves the container gateway alone. */
export const gatewayLeftAlone: PublicNames = async () => null;

const start = async (
  ports: ReportPorts,
  instanceId: string,
  asked: AskedReport,
  publicNames: PublicNames,
): Promise<FreshReport> => {
  const commandId = await ports.contentReports.start(instanceId, await publicNames());
  const words =
    commandId === null
      ? `Systems Manager cannot reach ${instanceId}`
      : `${instanceId} is reporting its content`;
  return look(ports, { ...asked, commandId }, words);
};

const isLastFailure = ({ failures }: AskedReport): boolean => failures >= failuresAllowed;

const failed = (ports: ReportPorts, asked: AskedReport, reason: string): FreshReport => {
  const next = { ...asked, commandId: null, failures: asked.failures + 1 };
  if (isLastFailure(asked)) return { status: 'unreadable', asked: next, reason };
  return look(ports, next, `the report failed (${reason})`);
};

/**
 * The content of an instance by its own report, asked for after this call began to wait for it. The first call asks,
 * the next ones follow. `unreadable` after several failures or when time is up: whether that ends the rebuild is the
 * caller's decision.
 */
export const freshReport = async (
  ports: ReportPorts,
  instanceId: string,
  before: AskedReport | null,
  publicNames: PublicNames,
): Promise<FreshReport> => {
  const since = ports.clock.now().toISOString();
  const asked = before ?? { commandId: null, since, failures: 0 };
  if (asked.commandId === null) return start(ports, instanceId, asked, publicNames);
  const answer = await ports.contentReports.read(instanceId, asked.commandId);
  if (answer.status === 'running')
    return look(ports, asked, `${instanceId} is reporting its content`);
  if (answer.status === 'failed') return failed(ports, asked, answer.reason);
  const { report } = answer;
  if (report.problems.length > 0) return failed(ports, asked, report.problems.join('; '));
  const refusal = report.gateway?.refusal ?? null;
  // A proxy that restarts refuses once or twice. What its gateway knows is for the caller to judge.
  if (refusal !== null && !isLastFailure(asked)) return failed(ports, asked, refusal);
  return { status: 'ready', asked, report };
};
