import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { logStreamArn } from '../deployment/permissions/arns.ts';
import { knowsNoResource } from '../deployment/permissions/permission.ts';
import { suppressNag } from './nag-suppression.ts';
import { allow } from './permission.ts';

export interface ControllerFunctionProps {
  readonly code: Code;
  readonly description: string;
  readonly timeoutSeconds: number;
  readonly logRetentionDays: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** The network of Katello; without it the function runs outside of any. */
  readonly network?: FunctionNetwork | undefined;
  /** Default, as `null`: no limit of its own. */
  readonly reservedConcurrency?: number | null;
}

export interface FunctionNetwork {
  readonly vpc: IVpc;
  readonly securityGroup: ISecurityGroup;
}

/** More memory brings more of a CPU: a cold start at 512 MB takes half of that at 256 MB. */
const memoryMib = 512;

const networkInterfaceActions = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/** A function with a role and a log group of its own; all that is the same for every function stands here. */
export class ControllerFunction extends Construct {
  readonly resource: LambdaFunction;
  readonly role: Role;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: ControllerFunctionProps) {
    super(scope, id);
    this.logGroup = new LogGroup(this, 'Log', {
      retention: props.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.#letLog();
    if (props.network !== undefined) this.#letEnterNetwork();
    this.resource = this.#function(props);
  }

  #function(props: ControllerFunctionProps): LambdaFunction {
    return new LambdaFunction(this, 'Resource', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: props.code,
      role: this.role,
      memorySize: memoryMib,
      timeout: Duration.seconds(props.timeoutSeconds),
      environment: { ...props.environment },
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      ...(props.network && {
        vpc: props.network.vpc,
        securityGroups: [props.network.securityGroup],
      }),
      ...(typeof props.reservedConcurrency === 'number' && {
        reservedConcurrentExecutions: props.reservedConcurrency,
      }),
    });
  }

  #letLog(): void {
    allow(this.role, {
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logStreamArn(Stack.of(this), this.logGroup.logGroupName, '*')],
      wildcard: 'Lambda names the log streams, one for each of its environments.',
    });
    // CDK adds the two actions of tracing by itself.
    suppressNag(this.role, { 'AwsSolutions-IAM5[Resource::*]': knowsNoResource });
  }

  #letEnterNetwork(): void {
    allow(this.role, {
      actions: networkInterfaceActions,
      resources: ['*'],
      wildcard: knowsNoResource,
    });
  }
}
