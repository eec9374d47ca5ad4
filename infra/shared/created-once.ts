import { CustomResource, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { resourceNames } from '../../functions/domain/resource-names.ts';
import { parameterArn, publicParameterArn } from '../arns.ts';
import type { CodeSource } from '../bundling/code.ts';
import {
  createdOnce,
  type FirstImageProperties,
  type FirstRunProperties,
} from '../created-once/types.ts';
import { ControllerFunction } from '../functions.ts';
import { allow, knowsNoResource } from '../permission.ts';
import type { Settings } from '../settings.ts';

export interface CreatedOnceProps {
  readonly settings: Settings;
  readonly code: CodeSource;
}

/** The function behind values that a deployment decides once: see infra/created-once. */
export class CreatedOnce extends Construct {
  readonly #function: ControllerFunction;

  constructor(scope: Construct, id: string, { settings, code }: CreatedOnceProps) {
    super(scope, id);
    this.#function = new ControllerFunction(this, 'Function', {
      code: code.codeOf('createdOnce'),
      description: 'Decides values that no later deployment may change',
      timeoutSeconds: 60,
      logRetentionDays: settings.logRetentionDays,
    });
    this.#letMakeParameters(settings);
  }

  /** The parameter from which a proxy's launch template takes its image. */
  addFirstImage(scope: Construct, properties: FirstImageProperties): CustomResource {
    return new CustomResource(scope, 'FirstImage', {
      serviceToken: this.#function.resource.functionArn,
      resourceType: createdOnce.firstImage,
      properties,
    });
  }

  /** The instant at which a cycle begins. */
  addFirstRun(scope: Construct, properties: FirstRunProperties): string {
    const resource = new CustomResource(scope, 'FirstRun', {
      serviceToken: this.#function.resource.functionArn,
      resourceType: createdOnce.firstRun,
      properties,
    });
    return resource.getAttString('StartAt');
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
