/** Names of the metrics, shared by the function that emits them and the stack that alarms on them. */
export const metricNamespace = (fleet: string): string => `SmartProxyRebuilder/${fleet}`;

export const proxyDimension = 'Proxy';

/** Emitted every hour, per proxy and for the fleet. */
export const healthMetrics = {
  /** Age of a proxy's oldest instance. */
  age: { name: 'AgeDays', unit: 'None' },
  /** 1 while a proxy has an instance that is not leaving. */
  present: { name: 'Present', unit: 'Count' },
  /** Hours since a rebuild started that is neither finished nor rolled back. */
  unsettled: { name: 'UnsettledHours', unit: 'None' },
  attemptsLeft: { name: 'AttemptsLeft', unit: 'Count' },
  certificate: { name: 'CertificateDays', unit: 'None' },
  lastRebuild: { name: 'LastRebuildMinutes', unit: 'None' },
} as const satisfies Record<string, { readonly name: string; readonly unit: string }>;

export type HealthMetric = keyof typeof healthMetrics;
