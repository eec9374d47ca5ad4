import { createHash } from 'node:crypto';
import { Stack } from 'aws-cdk-lib';
import { CfnSchedule, type CfnScheduleProps } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { cycleSchedule, type Schedule, sweepSchedule } from '../../deployment/schedules.ts';
import type { Fleet } from '../../functions/domain/fleet.ts';
import { scheduleProps } from '../schedule-props.ts';
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
    const { fleet, bootstrapResources } = this.#props;
    const schedule = cycleSchedule(fleet);
    const props = this.#startingFleet(schedule);
    const startDate = bootstrapResources.addFirstRun(this, {
      EveryDays: String(fleet.cycle.limitDays),
      Schedule: createHash('sha256')
        .update(JSON.stringify(Stack.of(this).resolve(props)))
        .digest('hex')
        .slice(0, 12),
    });
    new CfnSchedule(this, schedule.id, { ...props, startDate });
  }

  #sweep(): void {
    const schedule = sweepSchedule(this.#props.fleet);
    new CfnSchedule(this, schedule.id, this.#startingFleet(schedule));
  }

  #startingFleet(schedule: Schedule): CfnScheduleProps {
    const { rebuildFleetArn, starter } = this.#props;
    return scheduleProps(schedule, {
      arn: rebuildFleetArn,
      roleArn: starter.scheduleRole.roleArn,
      deadLettersArn: starter.deadLetters.queueArn,
    });
  }
}
