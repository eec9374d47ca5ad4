import type { Stack } from 'aws-cdk-lib';
import { environmentOf } from '../../functions/lambda/env.ts';
import type { Settings } from '../settings.ts';

/** What the controller works on, as far as permissions and the environments of functions have to name it. */
export interface GrantContext {
  readonly stack: Stack;
  readonly settings: Settings;
  readonly ledger: { readonly tableName: string; readonly tableArn: string };
  readonly bootReportDocument: string;
  readonly artifactsBucket: {
    readonly bucketName: string;
    readonly bucketArn: string;
    arnForObjects(keyPattern: string): string;
  };
}

/** Names only: what a function may do with them follows from its step. */
export const functionEnvironment = (context: GrantContext): Readonly<Record<string, string>> =>
  environmentOf({
    fleet: context.settings.fleet.fleet,
    ledgerTable: context.ledger.tableName,
    bootReportDocument: context.bootReportDocument,
    artifactsBucket: context.artifactsBucket.bucketName,
  });
