import type { Fleet } from '../../functions/domain/fleet.ts';
import type { Place } from './arns.ts';

/** What the controller of a fleet works on, as far as permissions have to name it. */
export interface GrantContext {
  readonly place: Place;
  readonly fleet: Fleet;
  /** ARN of the KMS key of the SecureStrings, when it is not the default aws/ssm. */
  readonly secretsKey?: string | undefined;
  /** ARN of the table. */
  readonly ledger: string;
  /** Name of the document. */
  readonly bootReportDocument: string;
  /** Name of the document. */
  readonly contentReportDocument: string;
  /** ARN of the bucket. */
  readonly artifactsBucket: string;
}
