import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { metricNamespace } from '../../functions/health-metrics/metrics.ts';
import type { Starter } from '../controller/starter.ts';
import type { Workflow } from '../controller/workflow.ts';
import type { Settings } from '../settings.ts';
import { type AlarmRow, alarmTable, type Subject } from './alarm-table.ts';

export interface Watched {
  readonly settings: Settings;
  readonly rebuildFleet: Workflow;
  readonly rebuildProxy: Workflow;
  readonly starter: Starter;
}

export interface AlarmsProps extends Watched {
  readonly topic: Topic;
}

const operators = {
  above: ComparisonOperator.GREATER_THAN_THRESHOLD,
  below: ComparisonOperator.LESS_THAN_THRESHOLD,
} as const;

const silences = {
  breaching: TreatMissingData.BREACHING,
  notBreaching: TreatMissingData.NOT_BREACHING,
} as const;

/** The page that alarms link to. */
export const runbook = 'docs/operations.md';

/** Every row of the table as an alarm with its meaning and a link to the runbook. */
export class Alarms extends Construct {
  readonly all: readonly Alarm[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.all = alarmTable(props.settings).map((row) => this.#alarm(row, props));
  }

  #alarm(row: AlarmRow, props: AlarmsProps): Alarm {
    const { fleet } = props.settings.fleet;
    const alarm = new Alarm(this, row.id, {
      alarmName: `smart-proxy-${fleet}-${row.id}`,
      alarmDescription: `Smart Proxies of ${fleet}: ${row.meaning}. What to do: ${runbook}#${row.id}`,
      metric: this.#metric(row.subject, props).with({
        statistic: row.statistic,
        period: Duration.minutes(row.periodMinutes),
      }),
      threshold: row.threshold,
      comparisonOperator: operators[row.comparison],
      evaluationPeriods: row.periods ?? 1,
      treatMissingData: silences[row.silence],
    });
    const action = new SnsAction(props.topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    return alarm;
  }

  #metric(subject: Subject, props: AlarmsProps): Metric {
    if (subject.kind === 'deadLetters')
      return props.starter.deadLetters.metricApproximateNumberOfMessagesVisible();
    if (subject.kind === 'own') {
      const namespace = metricNamespace(props.settings.fleet.fleet);
      return new Metric({ namespace, metricName: subject.metric });
    }
    const workflow = subject.machine === 'fleet' ? props.rebuildFleet : props.rebuildProxy;
    return workflow.machine.metric(subject.metric);
  }
}
