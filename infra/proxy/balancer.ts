import {
  CfnListener,
  CfnLoadBalancer,
  CfnTargetGroup,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { type Listener, listenersOf } from '../../deployment/ports.ts';
import { deployedTargetGroup } from '../../functions/domain/deployed-group.ts';
import type { Fleet, SmartProxy } from '../../functions/domain/fleet.ts';
import { suppressNag } from '../nag-suppression.ts';

export interface BalancerProps {
  readonly network: Fleet['network'];
  readonly proxy: SmartProxy;
  readonly securityGroupId: string;
}

const attributes = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([key, value]) => ({ key, value }));

const targetGroupAttributes = attributes(deployedTargetGroup);

/** The load balancer of one proxy: a listener and a target group for each port, and the name clients use. */
export class Balancer extends Construct {
  readonly targetGroupArns: readonly string[];
  readonly listeners: readonly CfnListener[];

  constructor(scope: Construct, id: string, props: BalancerProps) {
    super(scope, id);
    const { network, proxy } = props;
    const balancer = new CfnLoadBalancer(this, 'LoadBalancer', {
      type: 'network',
      scheme: 'internal',
      subnets: network.subnetIds,
      securityGroups: [props.securityGroupId],
      loadBalancerAttributes: attributes({
        'load_balancing.cross_zone.enabled': 'true',
        'deletion_protection.enabled': 'false',
      }),
    });
    suppressNag(balancer, {
      'AwsSolutions-ELB2':
        'A Network Load Balancer logs TLS listeners only; here TLS is passed through.',
    });
    const made = listenersOf(proxy.features).map((listener) =>
      this.#listen(balancer, listener, network.vpcId),
    );
    this.targetGroupArns = made.map(({ targetGroup }) => targetGroup.ref);
    this.listeners = made.map(({ listener }) => listener);
    this.#nameIt(balancer, props);
  }

  #listen(balancer: CfnLoadBalancer, { port, protocol, healthCheck }: Listener, vpcId: string) {
    const targetGroup = new CfnTargetGroup(this, `Targets${port}`, {
      vpcId,
      port,
      protocol,
      targetType: 'instance',
      targetGroupAttributes,
      healthCheckProtocol: healthCheck.protocol,
      healthCheckPort: String(healthCheck.port),
      healthCheckPath: healthCheck.path,
      healthCheckIntervalSeconds: 10,
      healthCheckTimeoutSeconds: 6,
      healthyThresholdCount: 3,
      unhealthyThresholdCount: 3,
      matcher: { httpCode: '200' },
    });
    const listener = new CfnListener(this, `Listener${port}`, {
      loadBalancerArn: balancer.ref,
      port,
      protocol,
      defaultActions: [{ type: 'forward', targetGroupArn: targetGroup.ref }],
    });
    return { targetGroup, listener };
  }

  #nameIt(balancer: CfnLoadBalancer, { network, proxy }: BalancerProps): void {
    new CfnRecordSet(this, 'ServiceName', {
      hostedZoneId: network.hostedZone.id,
      name: proxy.serviceName,
      type: 'A',
      aliasTarget: {
        dnsName: balancer.attrDnsName,
        hostedZoneId: balancer.attrCanonicalHostedZoneId,
      },
    });
  }
}
