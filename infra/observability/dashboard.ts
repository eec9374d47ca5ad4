import { Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type IMetric,
  Metric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import {
  type HealthMetric,
  healthMetrics,
  metricNamespace,
  proxyDimension,
} from '../../functions/health-metrics/metrics.ts';
import type { Alarms, Watched } from './alarms.ts';

const width = 12;

/** How old each proxy is, what ran when, and what is wrong. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, watched: Watched, alarms: Alarms) {
    super(scope, id);
    const { fleet, cycle } = watched.settings.fleet;
    const dashboard = new CloudWatchDashboard(this, 'Dashboard', {
      dashboardName: `smart-proxies-${fleet}`,
      defaultInterval: Duration.days(28),
    });
    dashboard.addWidgets(
      new AlarmStatusWidget({ title: 'Alarms', width: 24, alarms: [...alarms.all] }),
    );
    dashboard.addWidgets(
      graph('Age in days', ofProxies(watched, 'age'), [
        { value: cycle.limitDays, label: 'limit' },
        { value: cycle.softLimitDays, label: 'due' },
      ]),
      graph('Minutes that the last rebuild took', ofProxies(watched, 'lastRebuild')),
    );
    dashboard.addWidgets(
      graph('Hours since a rebuild began that has not ended', ofProxies(watched, 'unsettled')),
      graph('Attempts that are left today', ofProxies(watched, 'attemptsLeft')),
    );
    dashboard.addWidgets(
      graph('Rebuilds', executionsOf(watched)),
      graph('Days until certificates end', ofProxies(watched, 'certificate')),
    );
  }
}

const graph = (
  title: string,
  left: IMetric[],
  leftAnnotations: { value: number; label: string }[] = [],
): GraphWidget => new GraphWidget({ title, left, leftAnnotations, width, height: 6 });

const ofProxies = ({ settings: { fleet } }: Watched, metric: HealthMetric): IMetric[] =>
  fleet.proxies.map(
    ({ name }) =>
      new Metric({
        namespace: metricNamespace(fleet.fleet),
        metricName: healthMetrics[metric].name,
        dimensionsMap: { [proxyDimension]: name },
        statistic: 'Maximum',
        period: Duration.hours(1),
        label: name,
      }),
  );

const executionsOf = ({ rebuildProxy: { machine } }: Watched): IMetric[] => {
  const period = Duration.hours(6);
  return [
    machine.metricStarted({ period, label: 'started' }),
    machine.metricSucceeded({ period, label: 'succeeded' }),
    machine.metricFailed({ period, label: 'failed' }),
    machine.metricAborted({ period, label: 'stopped' }),
    machine.metricTimedOut({ period, label: 'timed out' }),
  ];
};
