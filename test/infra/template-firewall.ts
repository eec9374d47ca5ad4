import type { GroupName, Rule } from '../../deployment/firewall.ts';
import type { Settings } from '../../infra/settings.ts';
import { proxyTemplate, type Resource, resourcesOf, type Template, templateOf } from './example.ts';
import { arnText } from './iam.ts';
import { groupOfBalancer, groupOfFunction, groupOfInstances } from './reachability.ts';

/** A rule as a template has it, inline or as a resource of its own. */
interface WrittenRule {
  readonly IpProtocol: 'tcp' | 'udp';
  readonly FromPort: number;
  readonly ToPort: number;
  readonly Description: string;
  readonly CidrIp?: string;
  readonly CidrIpv6?: string;
  readonly SourceSecurityGroupId?: unknown;
  readonly DestinationSecurityGroupId?: unknown;
}

type GroupIds = Readonly<Record<GroupName, string>>;

const peerOf = (ids: GroupIds, written: WrittenRule): Rule['peer'] => {
  const cidr = written.CidrIp ?? written.CidrIpv6;
  if (cidr !== undefined) return { cidr };
  const groupId = arnText(written.SourceSecurityGroupId ?? written.DestinationSecurityGroupId);
  const group = (Object.keys(ids) as GroupName[]).find((name) => ids[name] === groupId);
  if (group === undefined) throw new Error(`${groupId} is not a known group`);
  return { group };
};

const readRule = (ids: GroupIds, written: WrittenRule): Rule => {
  if (written.FromPort !== written.ToPort) throw new Error('a rule opens a range of ports');
  return {
    peer: peerOf(ids, written),
    port: written.FromPort,
    protocol: written.IpProtocol,
    description: written.Description,
  };
};

const written = (resource: Resource | undefined, key: string): readonly WrittenRule[] =>
  (resource?.Properties[key] ?? []) as readonly WrittenRule[];

/** Rules of either direction that are resources of their own, of whichever template. */
const standing = (templates: readonly Template[], groupId: string, direction: string) =>
  templates
    .flatMap((template) => resourcesOf(template, `AWS::EC2::SecurityGroup${direction}`))
    .filter(({ Properties }) => arnText(Properties['GroupId']) === groupId)
    .map(({ Properties }) => Properties as unknown as WrittenRule);

/** Every rule of the three groups that stand between functions, Katello, clients and a proxy, as synthesized. */
export const firewallIn = (settings: Settings, proxy: string) => {
  const [own, shared] = [proxyTemplate(settings, proxy), templateOf(settings, 'Shared')];
  const ids: GroupIds = {
    functions: groupOfFunction(settings, 'healthMetrics'),
    balancer: groupOfBalancer(own),
    instance: groupOfInstances(own),
  };
  const read = (name: GroupName, template: Template) => {
    const id = Object.keys(template.Resources).find(
      (one) =>
        template.Resources[one]?.Type === 'AWS::EC2::SecurityGroup' && ids[name].includes(one),
    );
    const group = template.Resources[id ?? ''];
    const rules = (direction: string) =>
      [
        ...written(group, `SecurityGroup${direction}`),
        ...standing([own, shared], ids[name], direction),
      ].map((rule) => readRule(ids, rule));
    return { ingress: rules('Ingress'), egress: rules('Egress') };
  };
  return {
    functions: read('functions', shared),
    balancer: read('balancer', own),
    instance: read('instance', own),
  };
};

/** Every listener, with what proves the service behind it. */
export const listenersIn = (settings: Settings, proxy: string) => {
  const { Resources } = proxyTemplate(settings, proxy);
  return Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::ElasticLoadBalancingV2::Listener')
    .map(({ Properties }) => {
      const [action] = Properties['DefaultActions'] as readonly [{ TargetGroupArn: unknown }];
      const [, targets] =
        Object.entries(Resources).find(
          ([id]) => arnText({ Ref: id }) === arnText(action.TargetGroupArn),
        ) ?? [];
      return {
        port: Properties['Port'],
        protocol: Properties['Protocol'],
        targetPort: targets?.Properties['Port'],
        healthCheck: {
          protocol: targets?.Properties['HealthCheckProtocol'],
          port: Number(targets?.Properties['HealthCheckPort']),
          path: targets?.Properties['HealthCheckPath'],
        },
      };
    });
};
