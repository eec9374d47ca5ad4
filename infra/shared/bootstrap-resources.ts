import { CustomResource, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import {
  type FirstImageProperties,
  type FirstRunProperties,
  type LaunchGrantProperties,
  launchGrantOperations,
  resourceTypes,
} from '../../functions/bootstrap-resources/custom-resources.ts';
import { resourceNames } from '../../functions/domain/resource-names.ts';
import type { CodeSource } from '../bundling/code.ts';
import { ControllerFunction } from '../functions.ts';
import { allow, knowsNoResource } from '../permission.ts';
import { autoScalingRoleArn, parameterArn, publicParameterArn } from '../resource-arns.ts';
import type { Settings } from '../settings.ts';

export interface BootstrapResourcesProps {
  readonly settings: Settings;
  readonly code: CodeSource;
}

/** The function behind custom resources: see functions/bootstrap-resources. */
export class BootstrapResources extends Construct {
  readonly #function: ControllerFunction;

  constructor(scope: Construct, id: string, { settings, code }: BootstrapResourcesProps) {
    super(scope, id);
    this.#function = new ControllerFunction(this, 'Function', {
      code: code.codeOf('bootstrapResources'),
      description: 'Custom resources of the Smart Proxy controller',
      timeoutSeconds: 60,
      logRetentionDays: settings.logRetentionDays,
    });
    this.#letMakeParameters(settings);
    this.#letMakeGrants(settings);
  }

  /** The parameter from which a proxy's launch template takes its image. */
  addFirstImage(scope: Construct, properties: FirstImageProperties): CustomResource {
    return new CustomResource(scope, 'FirstImage', {
      serviceToken: this.#function.resource.functionArn,
      resourceType: resourceTypes.firstImage,
      properties,
    });
  }

  /** The instant at which a cycle begins. */
  addFirstRun(scope: Construct, properties: FirstRunProperties): string {
    const resource = new CustomResource(scope, 'FirstRun', {
      serviceToken: this.#function.resource.functionArn,
      resourceType: resourceTypes.firstRun,
      properties,
    });
    return resource.getAttString('StartAt');
  }

  /** What Auto Scaling needs to launch from images that a customer's key encrypts. */
  addLaunchGrant(
    scope: Construct,
    properties: Omit<LaunchGrantProperties, 'Role'>,
  ): CustomResource {
    return new CustomResource(scope, 'LaunchGrant', {
      serviceToken: this.#function.resource.functionArn,
      resourceType: resourceTypes.launchGrant,
      properties: { ...properties, Role: autoScalingRoleArn(Stack.of(this)) },
    });
  }

  /** For that role alone, and only what it needs. */
  #letMakeGrants({ imageKey }: Settings): void {
    if (imageKey === undefined) return;
    allow(
      this.#function.role,
      {
        actions: ['kms:CreateGrant'],
        resources: [imageKey],
        conditions: {
          StringEquals: { 'kms:GranteePrincipal': autoScalingRoleArn(Stack.of(this)) },
          'ForAllValues:StringEquals': { 'kms:GrantOperations': launchGrantOperations },
        },
      },
      { actions: ['kms:RevokeGrant'], resources: [imageKey] },
    );
  }

  #letMakeParameters({ fleet }: Settings): void {
    const stack = Stack.of(this);
    const parameters = parameterArn(stack, resourceNames.proxyImageParameter(fleet.fleet, '*'));
    allow(
      this.#function.role,
      {
        actions: ['ssm:PutParameter', 'ssm:DeleteParameter'],
        resources: [parameters],
        wildcard: 'One parameter for each proxy of the fleet.',
      },
      // Systems Manager looks the image up in the name of whoever writes it into a parameter.
      { actions: ['ec2:DescribeImages'], resources: ['*'], wildcard: knowsNoResource },
    );
    const { base } = fleet.image;
    if ('id' in base) return;
    const isPublic = base.parameter.startsWith('/aws/');
    const arn = (isPublic ? publicParameterArn : parameterArn)(stack, base.parameter);
    allow(this.#function.role, { actions: ['ssm:GetParameter'], resources: [arn] });
  }
}
