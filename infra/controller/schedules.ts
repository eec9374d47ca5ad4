import { createHash } from 'node:crypto';
import { Stack } from 'aws-cdk-lib';
import { CfnSchedule, type CfnScheduleProps } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { Fleet } from '../../functions/domain/fleet.ts';
import type { BootstrapResources } from '../shared/bootstrap-resources.ts';
import type { Starter } from './starter.ts';

export interface SchedulesProps {
  readonly fleet: Fleet;
  readonly rebuildFleetArn: string;
  readonly starter: Starter;
  readonly bootstrapResources: BootstrapResources;
}

/** The cycle itself, and a look every day at who would miss it. */
export class Schedules extends Construct {
  readonly #props: SchedulesProps;

  constructor(scope: Construct, id: string, props: SchedulesProps) {
    super(scope, id);
    this.#props = props;
    this.#cycle();
    this.#sweep();
  }

  /** An update of a schedule sends its start again, which must lie ahead: any change of it gets a new one. */
  #cycle(): void {
    const { limitDays } = this.#props.fleet.cycle;
    const schedule = this.#schedule({
      description: `Rebuilds due proxies every ${limitDays} days`,
      scheduleExpression: `rate(${limitDays} days)`,
    });
    const startDate = this.#props.bootstrapResources.addFirstRun(this, {
      EveryDays: String(limitDays),
      Schedule: createHash('sha256')
        .update(JSON.stringify(Stack.of(this).resolve(schedule)))
        .digest('hex')
        .slice(0, 12),
    });
    new CfnSchedule(this, 'Cycle', { ...schedule, startDate });
  }

  /** At noon, when people are there to read what it says. A cron expression never fires when created. */
  #sweep(): void {
    const schedule = this.#schedule({
      description: 'Daily sweep: rebuilds due proxies before they reach the age limit',
      scheduleExpression: 'cron(0 12 * * ? *)',
    });
    new CfnSchedule(this, 'Sweep', schedule);
  }

  #schedule(when: Pick<CfnScheduleProps, 'description' | 'scheduleExpression'>): CfnScheduleProps {
    const { fleet, rebuildFleetArn, starter } = this.#props;
    return {
      ...when,
      scheduleExpressionTimezone: fleet.cycle.timeZone,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: rebuildFleetArn,
        roleArn: starter.scheduleRole.roleArn,
        input: JSON.stringify({ reason: 'scheduled' }),
        deadLetterConfig: { arn: starter.deadLetters.queueArn },
        retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 20 },
      },
    };
  }
}
