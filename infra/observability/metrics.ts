/** Names of the controller's own metrics, written once for those who emit them and those who watch. */
export const namespaceOf = (fleet: string): string => `SmartProxyRebuilder/${fleet}`;

/** What the gauge emits every hour, for each proxy and for the fleet. */
export const gaugeMetrics = {
  /** Of the oldest instance that a proxy has. */
  age: { name: 'AgeDays', unit: 'None' },
  /** 1 while a proxy has an instance that is not leaving. */
  present: { name: 'Present', unit: 'Count' },
  /** Since something began to be changed that is neither finished nor put back. */
  unsettled: { name: 'UnsettledHours', unit: 'None' },
  attemptsLeft: { name: 'AttemptsLeft', unit: 'Count' },
  certificate: { name: 'CertificateDays', unit: 'None' },
  lastRebuild: { name: 'LastRebuildMinutes', unit: 'None' },
} as const satisfies Record<string, { readonly name: string; readonly unit: string }>;

export type GaugeMetric = keyof typeof gaugeMetrics;

/** What is counted in the logs of functions. */
export const logMetrics = {
  stepCrashed: 'StepCrashed',
  restoreFailed: 'RestoreFailed',
  syncStalled: 'SyncStalled',
  budgetSpent: 'BudgetSpent',
} as const;

export type LogMetric = (typeof logMetrics)[keyof typeof logMetrics];

export const proxyDimension = 'Proxy';
