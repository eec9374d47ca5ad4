import { CfnSecurityGroup, CfnSecurityGroupIngress } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { type Fleet, layoutOf, type SmartProxy } from '../../functions/domain/fleet.ts';
import { listenersOf, outboundOf, type Port, portsOf } from './ports.ts';

export interface FirewallProps {
  readonly network: Fleet['network'];
  readonly proxy: SmartProxy;
  /** The security group of the controller's functions, which read a proxy's marker over HTTPS. */
  readonly functionsSecurityGroupId: string;
}

/** `tcp+udp` is a word of load balancers: security groups want a rule for each. */
const protocolsOf = (protocol: Port['protocol']): readonly string[] => protocol.split('+');

const peer = (cidr: string): { cidrIp: string } | { cidrIpv6: string } =>
  cidr.includes(':') ? { cidrIpv6: cidr } : { cidrIp: cidr };

const range = (port: number, ipProtocol: string, description: string) => ({
  ipProtocol,
  fromPort: port,
  toPort: port,
  description,
});

/** A rule for each block from which a port is used. EC2 refuses the same rule twice. */
const ingressOf = (
  ports: readonly Port[],
  network: Fleet['network'],
): CfnSecurityGroup.IngressProperty[] => {
  const blocks = { clients: network.clientCidrs, katello: network.katelloCidrs } as const;
  const rules = ports.flatMap(({ port, protocol, sources }) =>
    sources.flatMap((source) =>
      blocks[source].flatMap((cidr) =>
        protocolsOf(protocol).map((ipProtocol) => ({
          ...peer(cidr),
          ...range(port, ipProtocol, source === 'clients' ? 'Clients' : 'Katello'),
        })),
      ),
    ),
  );
  const keyOf = (rule: (typeof rules)[number]): string =>
    JSON.stringify({ ...rule, description: '' });
  return [...new Map(rules.map((rule) => [keyOf(rule), rule])).values()];
};

/**
 * Who may talk to a proxy: clients and Katello to the load balancer, the load balancer to the instance.
 * With two names Katello and the controller also go straight to the instance that the control name leads to.
 */
export class Firewall extends Construct {
  readonly balancerGroupId: string;
  readonly instanceGroupId: string;

  constructor(scope: Construct, id: string, props: FirewallProps) {
    super(scope, id);
    const { network, proxy } = props;
    const instance = this.#instanceGroup(network, proxy);
    this.instanceGroupId = instance.attrGroupId;
    this.balancerGroupId = this.#balancerGroup(network, proxy).attrGroupId;
    this.#letBalancerIn(proxy);
    this.#letFunctionsIn(props);
  }

  #instanceGroup(network: Fleet['network'], proxy: SmartProxy): CfnSecurityGroup {
    const ports = portsOf(proxy.features);
    const direct = ports.filter(({ healthCheck }) => healthCheck === null);
    const byControlName = ports
      .filter(({ sources }) => layoutOf(proxy) === 'two-names' && sources.includes('katello'))
      .map((port): Port => ({ ...port, sources: ['katello'] }));
    return new CfnSecurityGroup(this, 'Instance', {
      groupDescription: `Smart Proxy ${proxy.name}: instances`,
      vpcId: network.vpcId,
      securityGroupIngress: ingressOf([...direct, ...byControlName], network),
      securityGroupEgress: outboundOf(proxy.features).flatMap(({ port, protocol, purpose, to }) =>
        (to === 'clients' ? network.clientCidrs : ['0.0.0.0/0']).map((cidr) => ({
          ...peer(cidr),
          ...range(port, protocol, purpose),
        })),
      ),
    });
  }

  #balancerGroup(network: Fleet['network'], proxy: SmartProxy): CfnSecurityGroup {
    const carried = portsOf(proxy.features).filter(({ healthCheck }) => healthCheck !== null);
    return new CfnSecurityGroup(this, 'Balancer', {
      groupDescription: `Smart Proxy ${proxy.name}: load balancer`,
      vpcId: network.vpcId,
      securityGroupIngress: ingressOf(carried, network),
      securityGroupEgress: this.#fromBalancer(proxy).map(({ port, protocol }) => ({
        destinationSecurityGroupId: this.instanceGroupId,
        ...range(port, protocol, 'Traffic and health checks'),
      })),
    });
  }

  /** Health checks have no ports of their own: each goes to a port that has a listener. */
  #fromBalancer(proxy: SmartProxy): readonly { port: number; protocol: string }[] {
    return listenersOf(proxy.features).flatMap(({ port, protocol }) =>
      protocol.split('_').map((one) => ({ port, protocol: one.toLowerCase() })),
    );
  }

  #letBalancerIn(proxy: SmartProxy): void {
    for (const { port, protocol } of this.#fromBalancer(proxy)) {
      new CfnSecurityGroupIngress(this, `FromBalancer${protocol}${port}`, {
        groupId: this.instanceGroupId,
        sourceSecurityGroupId: this.balancerGroupId,
        ...range(port, protocol, 'Load balancer'),
      });
    }
  }

  /** They read the marker, and look at the certificate, under every name of the proxy. */
  #letFunctionsIn({ proxy, functionsSecurityGroupId }: FirewallProps): void {
    const rule = {
      sourceSecurityGroupId: functionsSecurityGroupId,
      ...range(443, 'tcp', 'Controller'),
    };
    new CfnSecurityGroupIngress(this, 'FromFunctions', { groupId: this.balancerGroupId, ...rule });
    if (layoutOf(proxy) === 'two-names')
      new CfnSecurityGroupIngress(this, 'FromFunctionsDirectly', {
        groupId: this.instanceGroupId,
        ...rule,
      });
  }
}
