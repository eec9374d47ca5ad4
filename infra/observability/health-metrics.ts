import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { permissionsOfHealthMetrics } from '../../deployment/permissions/functions.ts';
import { healthMetricsSchedule } from '../../deployment/schedules.ts';
import type { CodeSource } from '../bundling/code.ts';
import {
  type ControllerParts,
  functionEnvironment,
  grantContextOf,
} from '../controller/controller-parts.ts';
import { ControllerFunction, type FunctionNetwork } from '../functions.ts';
import { allow } from '../permission.ts';
import { scheduleProps } from '../schedule-props.ts';

export interface HealthMetricsProps {
  readonly code: CodeSource;
  readonly parts: ControllerParts;
  /** The certificates of the proxies are looked at from here. */
  readonly network: FunctionNetwork;
}

/** Measures the fleet every hour, whether or not anything is being rebuilt. */
export class HealthMetrics extends Construct {
  readonly function: ControllerFunction;

  constructor(scope: Construct, id: string, { code, parts, network }: HealthMetricsProps) {
    super(scope, id);
    const { settings } = parts;
    this.function = new ControllerFunction(this, 'Function', {
      code: code.codeOf('healthMetrics'),
      description: `Smart Proxy controller of ${settings.fleet.fleet}: health metrics`,
      timeoutSeconds: 300,
      logRetentionDays: settings.logRetentionDays,
      network,
      environment: functionEnvironment(parts),
    });
    allow(this.function.role, ...permissionsOfHealthMetrics(grantContextOf(parts)));
    this.#everyHour();
  }

  #everyHour(): void {
    const { functionArn } = this.function.resource;
    const role = new Role(this, 'ScheduleRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com'),
    });
    allow(role, { actions: ['lambda:InvokeFunction'], resources: [functionArn] });
    const target = { arn: functionArn, roleArn: role.roleArn };
    new CfnSchedule(this, healthMetricsSchedule.id, scheduleProps(healthMetricsSchedule, target));
  }
}
