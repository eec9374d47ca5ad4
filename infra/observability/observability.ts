import { Construct } from 'constructs';
import type { StepFunctions } from '../controller/step-functions.ts';
import { AlarmTopic } from './alarm-topic.ts';
import { Alarms, type Watched } from './alarms.ts';
import { Dashboard } from './dashboard.ts';
import type { HealthMetrics } from './health-metrics.ts';
import { LogMetrics } from './log-metrics.ts';
import { MaxLifetimeReplacement } from './max-lifetime-replacement.ts';
import { Queries } from './queries.ts';

export interface ObservabilityProps extends Watched {
  readonly steps: StepFunctions;
  readonly healthMetrics: HealthMetrics;
}

/** All that tells people how the fleet is doing, apart from Slack. */
export class Observability extends Construct {
  constructor(scope: Construct, id: string, props: ObservabilityProps) {
    super(scope, id);
    const { fleet, alarmEmail } = props.settings;
    const { topic } = new AlarmTopic(this, 'AlarmTopic', alarmEmail);
    new LogMetrics(this, 'LogMetrics', props.steps, fleet.fleet);
    const alarms = new Alarms(this, 'Alarms', { ...props, topic });
    new MaxLifetimeReplacement(this, 'MaxLifetimeReplacement', fleet, topic);
    new Dashboard(this, 'Dashboard', props, alarms);
    const functions = Object.values(props.steps.byStep);
    new Queries(
      this,
      'Queries',
      fleet.fleet,
      functions.map(({ logGroup }) => logGroup),
    );
  }
}
