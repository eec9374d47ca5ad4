import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { Construct } from 'constructs';
import { deployedGroup } from '../../functions/domain/deployed-group.ts';
import type { Fleet } from '../../functions/domain/fleet.ts';
import { maxLifetimeSeconds } from '../../functions/domain/instance-lifetime.ts';
import { suppressNag } from '../nag-suppression.ts';

export interface GroupProps {
  readonly name: string;
  readonly network: Fleet['network'];
  readonly cycle: Fleet['cycle'];
  readonly launchTemplate: { readonly templateId: string; readonly version: string };
  readonly targetGroupArns: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * The group of one proxy. CloudFormation launches nothing in it and never sets how many run: it has no
 * desired capacity, so that the controller alone decides, from the first instance on.
 */
export class Group extends Construct {
  readonly resource: CfnAutoScalingGroup;

  constructor(scope: Construct, id: string, props: GroupProps) {
    super(scope, id);
    const { templateId, version } = props.launchTemplate;
    this.resource = new CfnAutoScalingGroup(this, 'Resource', {
      autoScalingGroupName: props.name,
      minSize: String(deployedGroup.sizes.min),
      maxSize: String(deployedGroup.sizes.max),
      vpcZoneIdentifier: props.network.subnetIds,
      launchTemplate: { launchTemplateId: templateId, version },
      targetGroupArns: [...props.targetGroupArns],
      healthCheckType: 'ELB',
      healthCheckGracePeriod: deployedGroup.healthCheckGraceSeconds,
      maxInstanceLifetime: maxLifetimeSeconds(props.cycle),
      instanceMaintenancePolicy: deployedGroup.maintenance,
      lifecycleHookSpecificationList: [launchHook],
      metricsCollection: [{ granularity: '1Minute' }],
      tags: Object.entries(props.tags).map(([key, value]) => ({
        key,
        value,
        propagateAtLaunch: true,
      })),
    });
    suppressNag(this.resource, {
      'AwsSolutions-AS3':
        'EventBridge notifies the controller of every launch, and the controller notifies people.',
    });
    this.resource.cfnOptions.updatePolicy = {
      autoScalingScheduledAction: { ignoreUnmodifiedGroupSizeProperties: true },
    };
  }
}

const launchHook: CfnAutoScalingGroup.LifecycleHookSpecificationProperty = {
  lifecycleHookName: deployedGroup.launchHook.name,
  lifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
  defaultResult: deployedGroup.launchHook.defaultResult,
  heartbeatTimeout: deployedGroup.launchHook.heartbeatSeconds,
};
