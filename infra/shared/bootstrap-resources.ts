import { CustomResource, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { autoScalingRoleArn } from '../../deployment/permissions/arns.ts';
import { permissionsOfBootstrapResources } from '../../deployment/permissions/bootstrap-resources.ts';
import {
  type FirstImageProperties,
  type FirstRunProperties,
  type LaunchGrantProperties,
  resourceTypes,
} from '../../functions/bootstrap-resources/custom-resources.ts';
import type { CodeSource } from '../bundling/code.ts';
import { ControllerFunction } from '../functions.ts';
import { allow } from '../permission.ts';
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
    const { fleet, imageKey } = settings;
    const context = { place: Stack.of(this), fleet, imageKey };
    allow(this.#function.role, ...permissionsOfBootstrapResources(context));
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
}
