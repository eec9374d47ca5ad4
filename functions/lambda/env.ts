import { NamedFailure } from '../domain/failures.ts';

/** Environment variables of the functions; the CDK app sets them by the same names. */
export const envNames = {
  fleet: 'FLEET',
  ledgerTable: 'LEDGER_TABLE',
  bootReportDocument: 'BOOT_REPORT_DOCUMENT',
  artifactsBucket: 'ARTIFACTS_BUCKET',
} as const;

export type Settings = Readonly<Record<keyof typeof envNames, string>>;

/** Reads all settings; the error names every missing one. */
export const readSettings = (env: Readonly<Record<string, string | undefined>>): Settings => {
  const missing = Object.values(envNames).filter((name) => !env[name]);
  if (missing.length > 0) {
    throw new NamedFailure(
      'BadFleetConfiguration',
      `missing environment variables: ${missing.join(', ')}`,
    );
  }
  return {
    fleet: env[envNames.fleet] ?? '',
    ledgerTable: env[envNames.ledgerTable] ?? '',
    bootReportDocument: env[envNames.bootReportDocument] ?? '',
    artifactsBucket: env[envNames.artifactsBucket] ?? '',
  };
};
