import { Annotations, type CustomResource, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import type { Fleet, SmartProxy } from '../../functions/domain/fleet.ts';
import { isTooSmall } from '../../functions/domain/machine-type.ts';
import { resourceNames, tagNames } from '../../functions/domain/resource-names.ts';
import { bootLogGroup } from '../names.ts';
import type { Settings } from '../settings.ts';
import type { Shared } from '../shared/shared-stack.ts';
import { Balancer } from './balancer.ts';
import { Firewall } from './firewall.ts';
import { Group } from './group.ts';
import { MachineRole } from './machine-role.ts';
import { MachineTemplate } from './machine-template.ts';
import { userData } from './user-data.ts';

export interface ProxyStackProps extends StackProps {
  readonly settings: Settings;
  readonly proxy: SmartProxy;
  readonly shared: Shared;
}

/** One Smart Proxy: its load balancer, its group, and what its instances are. It launches none. */
export class ProxyStack extends Stack {
  readonly #fleet: Fleet;
  readonly #proxy: SmartProxy;
  readonly #shared: Shared;
  readonly #tags: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: ProxyStackProps) {
    super(scope, id, props);
    const { settings, proxy, shared } = props;
    this.#fleet = settings.fleet;
    this.#proxy = proxy;
    this.#shared = shared;
    const { fleet } = this.#fleet;
    this.#tags = {
      Name: resourceNames.group(fleet, proxy.name),
      [tagNames.fleet]: fleet,
      [tagNames.proxy]: proxy.name,
    };
    for (const [key, value] of Object.entries(this.#tags)) Tags.of(this).add(key, value);
    this.#warnOfSize();
    const firewall = this.#firewall();
    const balancer = new Balancer(this, 'Balancer', {
      network: this.#fleet.network,
      proxy,
      securityGroupId: firewall.balancerGroupId,
    });
    const group = this.#group(balancer, this.#template(firewall, settings));
    group.resource.node.addDependency(this.#firstImage(), ...balancer.listeners);
    const grant = this.#launchGrant(settings);
    // The role that the grant is for exists once there is a group.
    grant?.node.addDependency(group);
    this.#parameter().node.addDependency(group, ...(grant === undefined ? [] : [grant]));
  }

  #warnOfSize(): void {
    const { name, instanceType } = this.#proxy;
    if (!isTooSmall(instanceType)) return;
    Annotations.of(this).addWarningV2(
      'smart-proxy-rebuilder:small-machine',
      `${name}: ${instanceType} has less than the 4 vCPUs and 12 GiB that Foreman requires of a Smart Proxy`,
    );
  }

  #firewall(): Firewall {
    return new Firewall(this, 'Firewall', {
      network: this.#fleet.network,
      proxy: this.#proxy,
      functionsSecurityGroupId: this.#shared.network.securityGroup.securityGroupId,
    });
  }

  #template(firewall: Firewall, settings: Settings): MachineTemplate {
    const machine = new MachineRole(this, 'Machine', {
      fleet: this.#fleet,
      proxy: this.#proxy,
      certsBucket: this.#shared.certs.bucket,
      certsKey: this.#shared.certs.key,
      artifactsBucket: this.#shared.artifacts.exported,
      secretsKey: settings.secretsKey,
    });
    return new MachineTemplate(this, 'LaunchTemplate', {
      proxy: this.#proxy,
      imageParameter: this.#imageParameter(),
      instanceProfileArn: machine.instanceProfileArn,
      securityGroupId: firewall.instanceGroupId,
      vpcId: this.#fleet.network.vpcId,
      tags: this.#tags,
      userData: userData({
        fleet: this.#fleet,
        proxy: this.#proxy,
        region: this.region,
        certsBucket: this.#shared.certs.bucket.bucketName,
        logGroup: bootLogGroup(this.#fleet.fleet),
      }),
    });
  }

  #group(balancer: Balancer, launchTemplate: MachineTemplate): Group {
    return new Group(this, 'Group', {
      name: resourceNames.group(this.#fleet.fleet, this.#proxy.name),
      network: this.#fleet.network,
      cycle: this.#fleet.cycle,
      launchTemplate,
      targetGroupArns: balancer.targetGroupArns,
      tags: this.#tags,
    });
  }

  #imageParameter(): string {
    return resourceNames.proxyImageParameter(this.#fleet.fleet, this.#proxy.name);
  }

  /** EC2 Auto Scaling takes no template whose image it cannot find. */
  #firstImage(): CustomResource {
    const { base } = this.#fleet.image;
    return this.#shared.bootstrapResources.addFirstImage(this, {
      Parameter: this.#imageParameter(),
      BaseImage: 'id' in base ? base.id : base.parameter,
    });
  }

  #launchGrant({ imageKey }: Settings): CustomResource | undefined {
    if (imageKey === undefined) return undefined;
    const name = resourceNames.group(this.#fleet.fleet, this.#proxy.name);
    return this.#shared.bootstrapResources.addLaunchGrant(this, { Key: imageKey, Name: name });
  }

  /** The controller finds the proxy by it, so it comes last and goes first. */
  #parameter(): StringParameter {
    return new StringParameter(this, 'ProxyParameter', {
      parameterName: resourceNames.proxyParameter(this.#fleet.fleet, this.#proxy.name),
      stringValue: JSON.stringify(this.#proxy),
      description: 'The entry of the proxy in the fleet file',
    });
  }
}
