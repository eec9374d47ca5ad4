import type * as autoScalingSdk from '@aws-sdk/client-auto-scaling';
import type * as dynamoDbSdk from '@aws-sdk/client-dynamodb';
import type * as ec2Sdk from '@aws-sdk/client-ec2';
import type * as elbSdk from '@aws-sdk/client-elastic-load-balancing-v2';
import type * as route53Sdk from '@aws-sdk/client-route-53';
import type * as s3Sdk from '@aws-sdk/client-s3';
import type * as sfnSdk from '@aws-sdk/client-sfn';
import type * as ssmSdk from '@aws-sdk/client-ssm';
import type { __MetadataBearer } from '@aws-sdk/client-ssm';
import { machineRolePath } from '../../deployment/names.ts';
import { listenersOf } from '../../deployment/ports.ts';
import type { ContentCounts } from '../../functions/domain/content-counts.ts';
import { deployedGroup } from '../../functions/domain/deployed-group.ts';
import type { Fleet, SmartProxy } from '../../functions/domain/fleet.ts';
import { maxLifetimeSeconds } from '../../functions/domain/instance-lifetime.ts';
import { resourceNames, tagNames } from '../../functions/domain/resource-names.ts';
import { controlNameTtlSeconds } from '../../functions/ports/dns.ts';
import type { AwsService } from '../faults/sites.ts';
import { RunningFunction } from '../kernel/running-function.ts';
import type { FilesOnDisk } from '../machines/files.ts';
import { autoScaling } from './auto-scaling.ts';
import type { AwsContext } from './aws-context.ts';
import { CodeBuild } from './code-build.ts';
import { dynamoDb, type Tables } from './dynamodb.ts';
import { ec2 } from './ec2.ts';
import { elasticLoadBalancing } from './elastic-load-balancing.ts';
import type { ExecutionRegistry } from './execution-registry.ts';
import { HostedZones } from './hosted-zones.ts';
import { Iam } from './iam/iam.ts';
import { Images } from './images.ts';
import { Instances } from './instances.ts';
import type { LaunchHook } from './launch-hook.ts';
import { LaunchTemplates } from './launch-templates.ts';
import { LoadBalancers } from './load-balancers.ts';
import { Parameters } from './parameters.ts';
import { route53 } from './route53.ts';
import { RunCommand } from './run-command.ts';
import { Buckets, s3 } from './s3.ts';
import { ScalingGroup } from './scaling-group.ts';
import { Endpoint, type Handlers, SimulatedService } from './simulated-service.ts';
import { ssm } from './ssm.ts';
import { stepFunctions } from './step-functions.ts';

/** The detail of EventBridge's "EC2 Instance-launch Lifecycle Action". */
export interface LaunchDetail {
  readonly AutoScalingGroupName: string;
  readonly LifecycleHookName: string;
  readonly EC2InstanceId: string;
  readonly LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING';
  readonly LifecycleActionToken: string;
}

/** What a proxy is at the beginning of a run. */
export interface ProxyStart {
  /** The image that it serves from and that its parameter names. */
  readonly imageId: string;
  readonly launchedAt: number;
  readonly store: ContentCounts;
  readonly files: FilesOnDisk;
  readonly hook?: Partial<Pick<LaunchHook, 'heartbeatSeconds' | 'defaultResult'>>;
  readonly healthCheckGraceSeconds?: number;
}

/** What a deployment makes of a proxy: a group without an instance. */
export interface DeployedProxy {
  readonly groupName: string;
  /** The one that its parameter names. */
  readonly imageId: string;
  /** Of the instance that has served since before the run; `null`: there is none. */
  readonly instanceId: string | null;
  readonly templateId: string;
  readonly targetGroupArns: readonly string[];
}

export interface AddedProxy extends DeployedProxy {
  readonly instanceId: string;
  readonly privateIp: string;
}

/**
 * The AWS of one simulated run: services with state, each behind the `send` of an SDK client, and what the
 * rest of the world does to them.
 */
export class SimulatedAws {
  readonly instances: Instances;
  readonly images: Images;
  readonly templates: LaunchTemplates;
  readonly parameters: Parameters;
  readonly balancers: LoadBalancers;
  readonly zones: HostedZones;
  readonly codeBuild: CodeBuild;
  readonly running = new RunningFunction();
  readonly tables: Tables = new Map();
  readonly buckets = new Buckets();
  readonly groups = new Map<string, ScalingGroup>();
  readonly iam: Iam;

  readonly autoScaling: SimulatedService<
    autoScalingSdk.ServiceInputTypes,
    autoScalingSdk.ServiceOutputTypes
  >;
  readonly ec2: SimulatedService<ec2Sdk.ServiceInputTypes, ec2Sdk.ServiceOutputTypes>;
  readonly elb: SimulatedService<elbSdk.ServiceInputTypes, elbSdk.ServiceOutputTypes>;
  readonly ssm: SimulatedService<ssmSdk.ServiceInputTypes, ssmSdk.ServiceOutputTypes>;
  readonly route53: SimulatedService<route53Sdk.ServiceInputTypes, route53Sdk.ServiceOutputTypes>;
  readonly s3: SimulatedService<s3Sdk.ServiceInputTypes, s3Sdk.ServiceOutputTypes>;
  readonly sfn: SimulatedService<sfnSdk.ServiceInputTypes, sfnSdk.ServiceOutputTypes>;
  readonly dynamoDb: SimulatedService<
    dynamoDbSdk.ServiceInputTypes,
    dynamoDbSdk.ServiceOutputTypes
  >;

  readonly #context: AwsContext;
  readonly #endpoint: Endpoint;
  readonly #controlNames = new Map<string, string>();
  readonly #launchListeners: ((detail: LaunchDetail) => void)[] = [];
  #registry: ExecutionRegistry | null = null;

  constructor(context: AwsContext) {
    this.#context = context;
    const { kernel, faults } = context;
    this.instances = new Instances(context);
    this.images = new Images(context);
    this.templates = new LaunchTemplates(kernel);
    this.parameters = new Parameters(kernel);
    this.balancers = new LoadBalancers(context, this.instances);
    this.zones = new HostedZones(context);
    this.codeBuild = new CodeBuild(context, this.images);
    this.iam = this.#makeIam(context);
    this.#endpoint = new Endpoint(kernel, faults, this.running, this.iam);

    const service = <Inputs extends object, Outputs extends __MetadataBearer>(
      name: AwsService,
      handlers: Handlers,
    ) => new SimulatedService<Inputs, Outputs>(name, handlers, this.#endpoint);
    const now = () => kernel.now();
    const newName = () => kernel.random.uuid();
    const proxyOf = (name: string) => this.#controlNames.get(name);
    const { instances, images, templates, parameters } = this;
    this.autoScaling = service('autoscaling', autoScaling(this.groups, templates));
    this.ec2 = service('ec2', ec2(instances, images, templates, parameters, this.iam));
    this.elb = service('elasticloadbalancing', elasticLoadBalancing(this.balancers));
    this.ssm = service('ssm', ssm(parameters, new RunCommand(context, this.buckets)));
    this.route53 = service('route53', route53(this.zones, proxyOf, now));
    this.sfn = service(
      'states',
      stepFunctions(() => this.#executions(), newName, now),
    );
    this.s3 = service('s3', s3(this.buckets, this.iam));
    this.dynamoDb = service('dynamodb', dynamoDb(this.tables));
    this.instances.onDeath(({ id, proxy }) => this.#groupOfProxy(proxy)?.checkSoon(id));
  }

  /** Calls that were made of any service, those that a fault struck included. */
  get awsCalls(): number {
    return this.#endpoint.calls;
  }

  /** Tells Step Functions who runs the state machines. */
  useExecutions(registry: ExecutionRegistry): void {
    this.#registry = registry;
  }

  /** Called for every instance whose launch hook opens. */
  onLaunch(listener: (detail: LaunchDetail) => void): void {
    this.#launchListeners.push(listener);
  }

  addTable(name: string): void {
    this.tables.set(name, new Map());
  }

  /** What a deployment makes once per fleet. */
  addFleet(fleet: Fleet, currentImageId: string): void {
    const { proxies: _, ...rest } = fleet;
    this.parameters.put(resourceNames.fleetParameter(fleet.fleet), JSON.stringify(rest));
    this.parameters.put(resourceNames.currentImageParameter(fleet.fleet), currentImageId);
    this.zones.addZone(fleet.network.hostedZone.id, fleet.network.hostedZone.name);
  }

  /** What a deployment makes for a proxy, with an instance that has served for a while. */
  addProxy(fleet: Fleet, proxy: SmartProxy, start: ProxyStart): AddedProxy {
    const deployed = this.deployProxy(fleet, proxy, start);
    const group = this.groups.get(deployed.groupName);
    if (group === undefined) throw new Error(`no group ${deployed.groupName}`);
    const { tags } = group.settings;
    const { id, privateIp } = this.instances.addServing(proxy.name, start.imageId, tags, start);
    group.addServing(id, start.launchedAt);
    const { controlName } = proxy;
    if (controlName !== undefined)
      this.zones.addRecord(
        fleet.network.hostedZone.id,
        controlName,
        privateIp,
        controlNameTtlSeconds,
      );
    return { ...deployed, instanceId: id, privateIp };
  }

  /** What a deployment makes for a proxy, before anything was launched. */
  deployProxy(
    fleet: Fleet,
    proxy: SmartProxy,
    start: Omit<ProxyStart, 'launchedAt' | 'store' | 'files'>,
  ): DeployedProxy {
    const groupName = resourceNames.group(fleet.fleet, proxy.name);
    const imageParameter = resourceNames.proxyImageParameter(fleet.fleet, proxy.name);
    this.parameters.put(
      resourceNames.proxyParameter(fleet.fleet, proxy.name),
      JSON.stringify(proxy),
    );
    this.parameters.put(imageParameter, start.imageId);
    const ports = listenersOf(proxy.features).map(({ port }) => port);
    const targetGroupArns = this.balancers.add(proxy.name, groupName, ports);
    const tags = { [tagNames.fleet]: fleet.fleet, [tagNames.proxy]: proxy.name };
    const templateId = this.templates.add(`resolve:ssm:${imageParameter}`, tags);
    const group = new ScalingGroup(
      {
        name: groupName,
        proxy: proxy.name,
        instanceType: proxy.instanceType,
        zones: fleet.network.availabilityZones,
        tags,
        subnetIds: fleet.network.subnetIds,
        machineRole: `${machineRolePath(fleet.fleet).slice(1)}${proxy.name}`,
        targetGroupArns,
        healthCheckGraceSeconds:
          start.healthCheckGraceSeconds ?? deployedGroup.healthCheckGraceSeconds,
        maxLifetimeSeconds: maxLifetimeSeconds(fleet.cycle),
      },
      { id: templateId, version: '1' },
      { ...deployedGroup.launchHook, ...start.hook },
      this.#parts(),
      (launched, { id }) => this.#publishLaunch(launched, id),
    );
    this.groups.set(groupName, group);
    if (proxy.controlName !== undefined) this.#controlNames.set(proxy.controlName, proxy.name);
    return { groupName, imageId: start.imageId, instanceId: null, templateId, targetGroupArns };
  }

  #makeIam({ region, account, faults, kernel }: AwsContext): Iam {
    const { groups, images, instances, parameters, templates } = this;
    const place = { partition: 'aws', region, account };
    return new Iam({ place, groups, images, instances, parameters, templates }, faults, kernel);
  }

  #parts() {
    const { instances, images, templates, parameters, balancers } = this;
    return { context: this.#context, instances, images, templates, parameters, balancers };
  }

  #publishLaunch(group: ScalingGroup, instanceId: string): void {
    const detail: LaunchDetail = {
      AutoScalingGroupName: group.settings.name,
      LifecycleHookName: group.hook.name,
      EC2InstanceId: instanceId,
      LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
      LifecycleActionToken: this.#context.kernel.random.uuid(),
    };
    for (const listener of this.#launchListeners) listener(detail);
  }

  #groupOfProxy(proxy: string): ScalingGroup | undefined {
    return [...this.groups.values()].find(({ settings }) => settings.proxy === proxy);
  }

  #executions(): ExecutionRegistry {
    if (this.#registry === null) {
      throw new Error('The simulated states does not know who runs the state machines');
    }
    return this.#registry;
  }
}
