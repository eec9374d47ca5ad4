import type { CfnScheduleProps } from 'aws-cdk-lib/aws-scheduler';
import type { Schedule } from '../deployment/schedules.ts';

/** What a deployment knows of a target. */
export interface ScheduleTarget {
  readonly arn: string;
  readonly roleArn: string;
  /** The queue for what could not be started; unused without a retry policy of its own. */
  readonly deadLettersArn?: string;
}

/** A schedule as CloudFormation takes it, without its start date. */
export const scheduleProps = (
  { description, expression, timeZone, windowMinutes, input, retryPolicy }: Schedule,
  { arn, roleArn, deadLettersArn }: ScheduleTarget,
): CfnScheduleProps => ({
  description,
  scheduleExpression: expression,
  ...(timeZone !== null && { scheduleExpressionTimezone: timeZone }),
  flexibleTimeWindow:
    windowMinutes === null
      ? { mode: 'OFF' }
      : { mode: 'FLEXIBLE', maximumWindowInMinutes: windowMinutes },
  target: {
    arn,
    roleArn,
    ...(input !== null && { input }),
    ...(retryPolicy !== null && { deadLetterConfig: { arn: deadLettersArn }, retryPolicy }),
  },
});
