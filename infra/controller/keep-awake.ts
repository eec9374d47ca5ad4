import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { keepAwakeEvent } from '../../functions/lambda/keep-awake.ts';
import { stepsInNetwork } from '../../functions/steps/katello-network.ts';
import { allow } from '../permission.ts';
import type { StepFunctions } from './step-functions.ts';

/**
 * Calls each function in the network of Katello once a day. Lambda counts the idle days of each function for
 * itself, so that one function cannot stand in for the others.
 */
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
      new CfnSchedule(this, step, {
        description: `Keeps the network of ${step} from being taken away`,
        scheduleExpression: 'rate(1 day)',
        flexibleTimeWindow: { mode: 'FLEXIBLE', maximumWindowInMinutes: 60 },
        target: { arn, roleArn: role.roleArn, input: JSON.stringify(keepAwakeEvent) },
      });
    }
  }
}
