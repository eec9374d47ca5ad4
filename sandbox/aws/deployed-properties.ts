/**
 * Properties of a deployed Auto Scaling group, and where the simulation has them. A property of the template that is
 * not listed here would change on AWS what no simulated run has seen.
 */
export const simulatedGroupProperties = {
  AutoScalingGroupName: 'GroupSettings.name',
  MinSize: 'deployedGroup.sizes',
  MaxSize: 'deployedGroup.sizes',
  VPCZoneIdentifier: 'GroupSettings.zones',
  LaunchTemplate: 'ScalingGroup.template',
  TargetGroupARNs: 'LoadBalancers.register',
  HealthCheckType: 'GroupMembers: the load balancer is asked',
  HealthCheckGracePeriod: 'GroupSettings.healthCheckGraceSeconds',
  InstanceMaintenancePolicy: 'ScalingGroup: launches before it terminates',
  LifecycleHookSpecificationList: 'LaunchHook',
  MaxInstanceLifetime: 'MaxLifetime',
  Tags: 'GroupSettings.tags',
} as const;

/** Properties that change nothing which a simulated run could see. */
export const unsimulatedGroupProperties = {
  MetricsCollection: 'metrics for people',
} as const;

export const simulatedTargetGroupAttributes = {
  'stickiness.enabled': 'LoadBalancers.connect',
  'stickiness.type': 'LoadBalancers.connect: a source keeps its target',
  'preserve_client_ip.enabled': 'nothing that is simulated reads the address of a client',
  'deregistration_delay.timeout_seconds': 'durations.drainSeconds',
  'deregistration_delay.connection_termination.enabled':
    'LoadBalancers: nothing answers after draining',
} as const;
