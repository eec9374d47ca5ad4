import { NamedFailure } from '../domain/failures.ts';

/** Environment variables of the functions; the CDK app sets them by the same names. */
export const envNames = {
  fleet: 'FLEET',
  ledgerTable: 'LEDGER_TABLE',
  bootReportDocument: 'BOOT_REPORT_DOCUMENT',
  contentReportDocument: 'CONTENT_REPORT_DOCUMENT',
  artifactsBucket: 'ARTIFACTS_BUCKET',
} as const;

export type Settings = Readonly<Record<keyof typeof envNames, string>>;

const keys = Object.keys(envNames) as readonly (keyof Settings)[];

/** The environment of every function whose ports are made from these settings. */
export const environmentOf = (settings: Settings): Readonly<Record<string, string>> =>
  Object.fromEntries(keys.map((key) => [envNames[key], settings[key]]));

/** Reads all settings; the error names every missing one. */
export const readSettings = (env: Readonly<Record<string, string | undefined>>): Settings => {
  const missing = Object.values(envNames).filter((name) => !env[name]);
  if (missing.length > 0) {
    throw new NamedFailure(
      'BadFleetConfiguration',
      `missing environment variables: ${missing.join(', ')}`,
    );
  }
  return Object.fromEntries(keys.map((key) => [key, env[envNames[key]]])) as Settings;
};
