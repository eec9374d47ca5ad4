import { RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { machineName } from '../../deployment/names.ts';
import { knowsNoResource, type Permission } from '../../deployment/permissions/permission.ts';
import type { MachineName } from '../../functions/domain/resource-names.ts';
import { readText } from '../../statemachine/readers/definitions.ts';
import { substitutionsFor } from '../../statemachine/readers/placeholders.ts';
import { suppressNag } from '../nag-suppression.ts';
import { allow } from '../permission.ts';
import type { Settings } from '../settings.ts';

export interface WorkflowProps {
  readonly settings: Settings;
  readonly machine: MachineName;
  /** What fills the placeholders of the definition. */
  readonly substitutions: Readonly<Record<string, string>>;
  readonly permissions: readonly Permission[];
}

/** A state machine from statemachine/, with its placeholders filled in. */
export class Workflow extends Construct {
  readonly machine: StateMachine;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: WorkflowProps) {
    super(scope, id);
    const { settings, machine } = props;
    const name = machineName(settings.fleet.fleet, machine);
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    allow(this.role, ...props.permissions);
    suppressNag(this.role, { 'AwsSolutions-IAM5[Resource::*]': knowsNoResource });
    this.machine = new StateMachine(this, 'Machine', {
      stateMachineName: name,
      definitionBody: DefinitionBody.fromString(readText(machine)),
      definitionSubstitutions: substitutionsFor(machine, props.substitutions),
      role: this.role,
      tracingEnabled: true,
      // The history has inputs and outputs, for people with access to it.
      logs: {
        destination: this.#log(name, settings),
        level: LogLevel.ALL,
        includeExecutionData: false,
      },
    });
  }

  /** Step Functions writes into groups of this prefix without a policy for each, of which few fit. */
  #log(name: string, { logRetentionDays }: Settings): LogGroup {
    return new LogGroup(this, 'Log', {
      logGroupName: `/aws/vendedlogs/states/${name}`,
      retention: logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
