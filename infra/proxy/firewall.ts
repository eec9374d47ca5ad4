import { CfnSecurityGroup, CfnSecurityGroupIngress } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import {
  type GroupName,
  proxyGroups,
  type Rule,
  type SecurityGroup,
} from '../../deployment/firewall.ts';
import type { Fleet, SmartProxy } from '../../functions/domain/fleet.ts';

export interface FirewallProps {
  readonly network: Fleet['network'];
  readonly proxy: SmartProxy;
  /** The security group of the controller's functions, which read a proxy's marker over HTTPS. */
  readonly functionsSecurityGroupId: string;
}

const blockOf = (cidr: string): { cidrIp: string } | { cidrIpv6: string } =>
  cidr.includes(':') ? { cidrIpv6: cidr } : { cidrIp: cidr };

const range = ({ port, protocol, description }: Rule) => ({
  ipProtocol: protocol,
  fromPort: port,
  toPort: port,
  description,
});

const fromBlocks = ({ ingress }: SecurityGroup): CfnSecurityGroup.IngressProperty[] =>
  ingress.flatMap((rule) =>
    'cidr' in rule.peer ? [{ ...blockOf(rule.peer.cidr), ...range(rule) }] : [],
  );

const fromGroup = ({ ingress }: SecurityGroup, source: GroupName): readonly Rule[] =>
  ingress.filter(({ peer }) => 'group' in peer && peer.group === source);

const idOf = (group: 'balancer' | 'instance', source: GroupName, rule: Rule): string => {
  if (source === 'balancer') return `FromBalancer${rule.protocol}${rule.port}`;
  return group === 'balancer' ? 'FromFunctions' : 'FromFunctionsDirectly';
};

/** The security groups of one proxy, with the rules of deployment/firewall.ts. */
export class Firewall extends Construct {
  readonly balancerGroupId: string;
  readonly instanceGroupId: string;

  constructor(scope: Construct, id: string, props: FirewallProps) {
    super(scope, id);
    const { network, proxy } = props;
    const groups = proxyGroups(network, proxy);
    this.instanceGroupId = this.#instanceGroup(props, groups.instance).attrGroupId;
    this.balancerGroupId = this.#balancerGroup(props, groups.balancer).attrGroupId;
    const ids = {
      balancer: this.balancerGroupId,
      instance: this.instanceGroupId,
      functions: props.functionsSecurityGroupId,
    };
    for (const source of ['balancer', 'functions'] as const)
      for (const group of ['balancer', 'instance'] as const)
        for (const rule of fromGroup(groups[group], source))
          new CfnSecurityGroupIngress(this, idOf(group, source, rule), {
            groupId: ids[group],
            sourceSecurityGroupId: ids[source],
            ...range(rule),
          });
  }

  #instanceGroup({ network, proxy }: FirewallProps, rules: SecurityGroup): CfnSecurityGroup {
    return new CfnSecurityGroup(this, 'Instance', {
      groupDescription: `Smart Proxy ${proxy.name}: instances`,
      vpcId: network.vpcId,
      securityGroupIngress: fromBlocks(rules),
      securityGroupEgress: rules.egress.flatMap((rule) =>
        'cidr' in rule.peer ? [{ ...blockOf(rule.peer.cidr), ...range(rule) }] : [],
      ),
    });
  }

  #balancerGroup({ network, proxy }: FirewallProps, rules: SecurityGroup): CfnSecurityGroup {
    return new CfnSecurityGroup(this, 'Balancer', {
      groupDescription: `Smart Proxy ${proxy.name}: load balancer`,
      vpcId: network.vpcId,
      securityGroupIngress: fromBlocks(rules),
      securityGroupEgress: rules.egress.map((rule) => ({
        destinationSecurityGroupId: this.instanceGroupId,
        ...range(rule),
      })),
    });
  }
}
