import type { Measurement } from './measure.ts';
import { type HealthMetric, healthMetrics, metricNamespace, proxyDimension } from './metrics.ts';

/** A log line in CloudWatch's embedded metric format, from which CloudWatch extracts the metrics. */
export const embeddedMetrics = (
  fleet: string,
  { proxy, values }: Measurement,
  now: Date,
): Readonly<Record<string, unknown>> => {
  const measured = Object.entries(values).map(([key, value]) => ({
    ...healthMetrics[key as HealthMetric],
    value,
  }));
  return {
    _aws: {
      Timestamp: now.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: metricNamespace(fleet),
          // One set per proxy, and one without a proxy, whose worst value the alarms use.
          Dimensions: [[], [proxyDimension]],
          Metrics: measured.map(({ name, unit }) => ({ Name: name, Unit: unit })),
        },
      ],
    },
    [proxyDimension]: proxy,
    ...Object.fromEntries(measured.map(({ name, value }) => [name, value])),
  };
};
