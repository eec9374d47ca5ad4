import {
  CfnListener,
  CfnLoadBalancer,
  CfnTargetGroup,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import type { Fleet, SmartProxy } from '../../functions/domain/fleet.ts';
import { suppressNag } from '../nag-suppression.ts';
import { type Listener, listenersOf } from './ports.ts';

export interface BalancerProps {
  readonly network: Fleet['network'];
  readonly proxy: SmartProxy;
  readonly securityGroupId: string;
}

/** For AWS, at least 120 s are needed to take a target out without a client noticing. */
const deregistrationSeconds = 120;

const attributes = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([key, value]) => ({ key, value }));

/**
 * A client stays with one instance while two serve: each proxy makes its own metadata, and a client must not
 * read half from one and half from the other. Its address is kept, since Foreman's templates know hosts by it.
 */
const targetGroupAttributes = attributes({
  'stickiness.enabled': 'true',
  'stickiness.type': 'source_ip',
  'preserve_client_ip.enabled': 'true',
  'deregistration_delay.timeout_seconds': String(deregistrationSeconds),
  'deregistration_delay.connection_termination.enabled': 'true',
});

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
