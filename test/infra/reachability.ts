import type { BundleName } from '../../infra/bundling/code.ts';
import type { Settings } from '../../infra/settings.ts';
import {
  functionOf,
  type Resource,
  resourceOf,
  resourcesOf,
  type Template,
  templateOf,
} from './example.ts';
import { arnText } from './iam.ts';

/** What of a rule of a security group decides about a connection. */
interface Rule {
  readonly IpProtocol: string;
  readonly FromPort: number;
  readonly ToPort: number;
  readonly CidrIp?: string;
  readonly SourceSecurityGroupId?: unknown;
  readonly DestinationSecurityGroupId?: unknown;
}

const rulesOf = (resource: Resource | undefined, key: string): readonly Rule[] =>
  (resource?.Properties[key] ?? []) as readonly Rule[];

const isFor = ({ IpProtocol, FromPort, ToPort }: Rule, protocol: string, port: number): boolean =>
  IpProtocol === protocol && FromPort <= port && port <= ToPort;

/** References to a group say which logical id they mean, through an export or not. */
const idIn = (groupId: string, template: Template): string =>
  Object.keys(template.Resources).find((id) => groupId.includes(id)) ?? groupId;

/** The security group of a function in the network of Katello. */
export const groupOfFunction = (settings: Settings, name: BundleName): string => {
  const network = functionOf(settings, name).Properties['VpcConfig'] as
    | { readonly SecurityGroupIds: readonly unknown[] }
    | undefined;
  return arnText(network?.SecurityGroupIds[0]);
};

/** Whether a group of the functions lets them open a connection to any address. */
export const letsOut = (
  settings: Settings,
  groupId: string,
  protocol: string,
  port: number,
): boolean => {
  const shared = templateOf(settings, 'Shared');
  return rulesOf(shared.Resources[idIn(groupId, shared)], 'SecurityGroupEgress').some(
    (rule) => rule.CidrIp === '0.0.0.0/0' && isFor(rule, protocol, port),
  );
};

/** Whether a group of a proxy lets another group in, whatever blocks of addresses it lets in as well. */
export const letsIn = (template: Template, groupId: string, from: string, port: number): boolean =>
  resourcesOf(template, 'AWS::EC2::SecurityGroupIngress')
    .filter(({ Properties }) => arnText(Properties['GroupId']) === groupId)
    .map(({ Properties }) => Properties as unknown as Rule)
    .some((rule) => arnText(rule.SourceSecurityGroupId) === from && isFor(rule, 'tcp', port));

/** The group in front of the instances, where a control name leads. */
export const groupOfInstances = (template: Template): string => {
  const { NetworkInterfaces } = resourceOf(template, 'AWS::EC2::LaunchTemplate').Properties[
    'LaunchTemplateData'
  ] as { readonly NetworkInterfaces: readonly { readonly Groups: readonly unknown[] }[] };
  return arnText(NetworkInterfaces[0]?.Groups[0]);
};

/** The group in front of the load balancer, where a service name leads. */
export const groupOfBalancer = (template: Template): string => {
  const { SecurityGroups } = resourceOf(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer')
    .Properties as { readonly SecurityGroups: readonly unknown[] };
  return arnText(SecurityGroups[0]);
};

/** Whether the load balancer passes what comes in on a port on to the instances. */
export const isPassedOn = (template: Template, port: number): boolean => {
  const [balancer, instances] = [groupOfBalancer(template), groupOfInstances(template)];
  const out = rulesOf(template.Resources[idIn(balancer, template)], 'SecurityGroupEgress').some(
    (rule) => arnText(rule.DestinationSecurityGroupId) === instances && isFor(rule, 'tcp', port),
  );
  return out && letsIn(template, instances, balancer, port);
};
