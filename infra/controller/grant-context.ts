import type { Stack } from 'aws-cdk-lib';
import type { Settings } from '../settings.ts';

/** What the controller works on, as far as permissions have to name it. */
export interface GrantContext {
  readonly stack: Stack;
  readonly settings: Settings;
  readonly ledgerArn: string;
  readonly bootReportDocument: string;
  readonly artifactsBucket: {
    readonly bucketName: string;
    readonly bucketArn: string;
    arnForObjects(keyPattern: string): string;
  };
}
