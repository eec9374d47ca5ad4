import type { ContentReport } from '../domain/content-report.ts';

/** What became of a report that was asked for. */
export type ReportAnswer =
  | { readonly status: 'running' }
  | { readonly status: 'done'; readonly report: ContentReport }
  | { readonly status: 'failed'; readonly reason: string };

/**
 * Reports that instances make of their own content, read through SSM Run Command. No name is resolved on the
 * way, and Katello is not asked. Errors as in `GroupPort`; `UnexpectedAnswer` when the report has an unexpected shape
 * or is another instance's.
 */
export interface ContentReportPort {
  /**
   * Asks for a report and returns the id of the command; `null` when Systems Manager cannot reach the instance.
   * Reports change nothing, with one exception: with `publicNames`, the instance first tells its container gateway
   * of the repositories that its Pulp serves and the gateway does not know. All but these need a login, and if there
   * are too many names for a command, all do. Asking twice is harmless.
   */
  start(instanceId: string, publicNames: readonly string[] | null): Promise<string | null>;
  read(instanceId: string, commandId: string): Promise<ReportAnswer>;
}
