/** Names of the metrics, written once for the function that emits them and the stack that watches them. */
export const metricNamespace = (fleet: string): string => `SmartProxyRebuilder/${fleet}`;

export const proxyDimension = 'Proxy';

/** What is emitted every hour, for each proxy and for the fleet. */
export const healthMetrics = {
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

export type HealthMetric = keyof typeof healthMetrics;
