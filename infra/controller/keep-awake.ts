import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { keepAwakeSchedule } from '../../deployment/schedules.ts';
import { stepsInNetwork } from '../../functions/steps/katello-network.ts';
import { allow } from '../permission.ts';
import { scheduleProps } from '../schedule-props.ts';
import type { StepFunctions } from './step-functions.ts';

/** Calls each function in the network of Katello, so that Lambda does not take its network away. */
export class KeepAwake extends Construct {
  constructor(scope: Construct, id: string, { byStep }: StepFunctions) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com'),
    });
    const functions = stepsInNetwork.map((step) => [step, byStep[step].resource] as const);
    allow(role, {
      actions: ['lambda:InvokeFunction'],
      resources: functions.map(([, { functionArn }]) => functionArn),
    });
    for (const [step, { functionArn: arn }] of functions) {
      const schedule = keepAwakeSchedule(step);
      new CfnSchedule(this, schedule.id, scheduleProps(schedule, { arn, roleArn: role.roleArn }));
    }
  }
}
