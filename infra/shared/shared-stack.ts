import { Annotations, CfnOutput, RemovalPolicy, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import {
  type ISecurityGroup,
  type IVpc,
  Peer,
  Port,
  SecurityGroup,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { functionsGroup } from '../../deployment/firewall.ts';
import { resourceNames, tagNames } from '../../functions/domain/resource-names.ts';
import type { CodeSource } from '../bundling/code.ts';
import type { FunctionNetwork } from '../functions.ts';
import { bootLogGroup } from '../names.ts';
import type { Settings } from '../settings.ts';
import { Artifacts } from './artifacts.ts';
import { BootReport } from './boot-report.ts';
import { BootstrapResources } from './bootstrap-resources.ts';
import { Certs } from './certs.ts';
import { ContentReport } from './content-report.ts';

export interface SharedStackProps extends StackProps {
  readonly settings: Settings;
  readonly code: CodeSource;
}

/** What all proxies of a fleet and their controller share; it depends on neither. */
export class SharedStack extends Stack {
  readonly certs: Certs;
  readonly artifacts: Artifacts;
  readonly bootReport: BootReport;
  readonly contentReport: ContentReport;
  readonly bootstrapResources: BootstrapResources;
  readonly network: FunctionNetwork;

  constructor(scope: Construct, id: string, props: SharedStackProps) {
    super(scope, id, props);
    const { settings } = props;
    const { fleet } = settings;
    Tags.of(this).add(tagNames.fleet, fleet.fleet);
    this.certs = new Certs(this, 'Certs');
    this.artifacts = new Artifacts(this, 'Artifacts');
    new LogGroup(this, 'BootLogs', {
      logGroupName: bootLogGroup(fleet.fleet),
      retention: settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.bootReport = new BootReport(this, 'BootReport');
    const { bucketName } = this.artifacts.bucket;
    this.contentReport = new ContentReport(this, 'ContentReport', bucketName);
    this.bootstrapResources = new BootstrapResources(this, 'BootstrapResources', props);
    this.network = functionNetwork(this, settings);
    new CfnOutput(this, 'CertsBucket', { value: this.certs.bucket.bucketName });
    const { proxies: _, ...rest } = fleet;
    new StringParameter(this, 'FleetParameter', {
      parameterName: resourceNames.fleetParameter(fleet.fleet),
      stringValue: JSON.stringify(rest),
      description: 'The fleet file without its proxies',
    });
  }
}

/** The network of the functions that talk to Katello, with the rules of deployment/firewall.ts. */
const functionNetwork = (scope: Construct, { fleet }: Settings): FunctionNetwork => {
  const vpc = importVpc(scope, fleet.network);
  const securityGroup: ISecurityGroup = new SecurityGroup(scope, 'FunctionsGroup', {
    vpc,
    description: 'Functions of the Smart Proxy controller',
    allowAllOutbound: false,
  });
  for (const { peer, port, protocol, description } of functionsGroup(fleet).egress)
    if ('cidr' in peer)
      securityGroup.addEgressRule(Peer.ipv4(peer.cidr), Port[protocol](port), description);
  return { vpc, securityGroup };
};

const importVpc = (
  scope: Construct,
  { vpcId, subnetIds, availabilityZones }: Settings['fleet']['network'],
): IVpc => {
  const vpc = Vpc.fromVpcAttributes(scope, 'Vpc', {
    vpcId,
    availabilityZones,
    privateSubnetIds: subnetIds,
  });
  Annotations.of(vpc).acknowledgeWarning('@aws-cdk/aws-ec2:noSubnetRouteTableId');
  return vpc;
};

export type Shared = SharedStack;
