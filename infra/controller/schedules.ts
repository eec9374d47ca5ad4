import { createHash } from 'node:crypto';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
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

  #cycle(): void {
    const { limitDays } = this.#props.fleet.cycle;
    const expression = `rate(${limitDays} days)`;
    const description = `Rebuilds due proxies every ${limitDays} days`;
    const startAt = this.#props.bootstrapResources.addFirstRun(this, {
      EveryDays: String(limitDays),
      Schedule: createHash('sha256')
        .update(expression + description)
        .digest('hex')
        .slice(0, 12),
    });
    this.#schedule('Cycle', { description, expression, startAt });
  }

  /** At noon, when people are there to read what it says. A cron expression never fires when created. */
  #sweep(): void {
    this.#schedule('Sweep', {
      description: 'Daily sweep: rebuilds due proxies before they reach the age limit',
      expression: 'cron(0 12 * * ? *)',
    });
  }

  #schedule(
    id: string,
    {
      description,
      expression,
      startAt,
    }: {
      readonly description: string;
      readonly expression: string;
      readonly startAt?: string;
    },
  ): void {
    const { fleet, rebuildFleetArn, starter } = this.#props;
    new CfnSchedule(this, id, {
      description,
      scheduleExpression: expression,
      scheduleExpressionTimezone: fleet.cycle.timeZone,
      ...(startAt !== undefined && { startDate: startAt }),
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: rebuildFleetArn,
        roleArn: starter.scheduleRole.roleArn,
        input: JSON.stringify({ reason: 'scheduled' }),
        deadLetterConfig: { arn: starter.deadLetters.queueArn },
        retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 20 },
      },
    });
  }
}
