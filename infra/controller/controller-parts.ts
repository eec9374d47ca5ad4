import type { Stack } from 'aws-cdk-lib';
import type { GrantContext } from '../../deployment/permissions/grant-context.ts';
import { environmentOf } from '../../functions/lambda/env.ts';
import type { Settings } from '../settings.ts';

/** What the functions of a controller work on. */
export interface ControllerParts {
  readonly stack: Stack;
  readonly settings: Settings;
  readonly ledger: { readonly tableName: string; readonly tableArn: string };
  readonly bootReportDocument: string;
  readonly contentReportDocument: string;
  readonly artifactsBucket: { readonly bucketName: string; readonly bucketArn: string };
}

/** The same as permissions name it. */
export const grantContextOf = (parts: ControllerParts): GrantContext => ({
  place: parts.stack,
  fleet: parts.settings.fleet,
  secretsKey: parts.settings.secretsKey,
  ledger: parts.ledger.tableArn,
  bootReportDocument: parts.bootReportDocument,
  contentReportDocument: parts.contentReportDocument,
  artifactsBucket: parts.artifactsBucket.bucketArn,
});

/** Names only: what a function may do with them follows from its step. */
export const functionEnvironment = (parts: ControllerParts): Readonly<Record<string, string>> =>
  environmentOf({
    fleet: parts.settings.fleet.fleet,
    ledgerTable: parts.ledger.tableName,
    bootReportDocument: parts.bootReportDocument,
    contentReportDocument: parts.contentReportDocument,
    artifactsBucket: parts.artifactsBucket.bucketName,
  });
