import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { envNames } from '../../functions/lambda/env.ts';
import type { CodeSource } from '../bundling/code.ts';
import type { Estate } from '../controller/estate.ts';
import { everyInvocation, methodGrants } from '../controller/grants/methods.ts';
import type { Ledger } from '../controller/ledger.ts';
import { ControllerFunction, type FunctionNetwork } from '../functions.ts';
import { allow } from '../permission.ts';
import { gaugeNeeds } from './measure.ts';

export interface GaugeProps {
  readonly code: CodeSource;
  readonly estate: Estate;
  readonly ledger: Ledger;
  /** The certificates of the proxies are looked at from here. */
  readonly network: FunctionNetwork;
}

/** Measures the fleet every hour, whether or not anything is being rebuilt. */
export class Gauge extends Construct {
  readonly function: ControllerFunction;

  constructor(scope: Construct, id: string, { code, estate, ledger, network }: GaugeProps) {
    super(scope, id);
    const { settings } = estate;
    this.function = new ControllerFunction(this, 'Function', {
      code: code.codeOf('gauge'),
      description: `Smart Proxy controller of ${settings.fleet.fleet}: measures the proxies`,
      timeoutSeconds: 300,
      logRetentionDays: settings.logRetentionDays,
      network,
      environment: {
        [envNames.fleet]: settings.fleet.fleet,
        [envNames.bootReportDocument]: estate.bootReportDocument,
      },
    });
    ledger.tell(this.function);
    const grants = gaugeNeeds.map((method) => methodGrants[method]);
    for (const grant of [everyInvocation, ...grants]) allow(this.function.role, ...grant(estate));
    this.#everyHour();
  }

  #everyHour(): void {
    const { functionArn } = this.function.resource;
    const role = new Role(this, 'ScheduleRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com'),
    });
    allow(role, { actions: ['lambda:InvokeFunction'], resources: [functionArn] });
    new CfnSchedule(this, 'Hourly', {
      description: 'Measures the proxies',
      scheduleExpression: 'rate(1 hour)',
      flexibleTimeWindow: { mode: 'OFF' },
      target: { arn: functionArn, roleArn: role.roleArn },
    });
  }
}
