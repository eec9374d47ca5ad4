import {
  CreateAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  PutLifecycleHookCommand,
} from '@aws-sdk/client-auto-scaling';
import { CreateTableCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import {
  CreateImageCommand,
  CreateLaunchTemplateCommand,
  CreateSnapshotCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVolumeCommand,
  CreateVpcCommand,
  DescribeImagesCommand,
  RegisterImageCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateHostedZoneCommand } from '@aws-sdk/client-route-53';
import { launchHookName } from '../../functions/ports/group.ts';
import { type EmulatedAws, emulator, region } from './emulator.ts';

/** What an emulator must have answered before a world can stand on it. */
export const given = <Value>(value: Value | undefined, what: string): Value => {
  if (value !== undefined) return value;
  throw new Error(`The emulator gave no ${what}`);
};

export const groupName = 'smart-proxy-europe--berlin';

export const deployNetwork = async ({ ec2 }: EmulatedAws) => {
  const vpc = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.20.0.0/16' }));
  const vpcId = given(vpc.Vpc?.VpcId, 'VPC');
  const input = { VpcId: vpcId, CidrBlock: '10.20.0.0/20', AvailabilityZone: `${region}a` };
  const { Subnet } = await ec2.send(new CreateSubnetCommand(input));
  return { vpcId, subnetId: given(Subnet?.SubnetId, 'subnet') };
};

/** An image that the emulator brings along, or else an empty one. */
export const baseImage = async ({ ec2 }: EmulatedAws): Promise<string> => {
  const { Images } = await ec2.send(new DescribeImagesCommand({ Owners: ['amazon'] }));
  const image = Images?.find(({ Architecture }) => Architecture === 'x86_64');
  if (image?.ImageId !== undefined) return image.ImageId;
  const { ImageId } = await ec2.send(new RegisterImageCommand({ Name: 'base' }));
  return given(ImageId, 'image');
};

export const runInstances = async (aws: EmulatedAws, subnetId: string, count: number) => {
  const input = {
    ImageId: await baseImage(aws),
    InstanceType: 't3.micro',
    SubnetId: subnetId,
    MinCount: count,
    MaxCount: count,
  } as const;
  const { Instances } = await aws.ec2.send(new RunInstancesCommand(input));
  return (Instances ?? []).map(({ InstanceId }) => given(InstanceId, 'instance id'));
};

let images = 0;

/** ministack has no CreateImage, and moto gives a registered image no snapshot. */
const newImage = async ({ ec2 }: EmulatedAws, instanceId: string): Promise<string> => {
  images += 1;
  const Name = `image-${images}`;
  if (emulator.name === 'moto') {
    const input = { InstanceId: instanceId, Name };
    return given((await ec2.send(new CreateImageCommand(input))).ImageId, 'image id');
  }
  const volume = { AvailabilityZone: `${region}a`, Size: 8 };
  const { VolumeId } = await ec2.send(new CreateVolumeCommand(volume));
  const { SnapshotId } = await ec2.send(new CreateSnapshotCommand({ VolumeId }));
  const input = {
    Name,
    Architecture: 'x86_64' as const,
    BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { SnapshotId } }],
  };
  return given((await ec2.send(new RegisterImageCommand(input))).ImageId, 'image id');
};

export const addImage = async (
  aws: EmulatedAws,
  instanceId: string,
  tags: Readonly<Record<string, string>>,
): Promise<string> => {
  const id = await newImage(aws, instanceId);
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const { Images } = await aws.ec2.send(new DescribeImagesCommand({ ImageIds: [id] }));
  const snapshots = (Images?.[0]?.BlockDeviceMappings ?? []).flatMap(
    ({ Ebs }) => Ebs?.SnapshotId ?? [],
  );
  await aws.ec2.send(new CreateTagsCommand({ Resources: [id, ...snapshots], Tags }));
  return id;
};

export const addTemplate = async ({ ec2 }: EmulatedAws, imageId: string): Promise<string> => {
  const input = {
    LaunchTemplateName: groupName,
    LaunchTemplateData: { ImageId: imageId, InstanceType: 't3.micro' as const },
  };
  const { LaunchTemplate } = await ec2.send(new CreateLaunchTemplateCommand(input));
  return given(LaunchTemplate?.LaunchTemplateId, 'launch template');
};

/** A network load balancer with a listener and a target group for each port. */
export const addTargetGroups = async (
  { elb }: EmulatedAws,
  { vpcId, subnetId }: { readonly vpcId: string; readonly subnetId: string },
): Promise<readonly string[]> => {
  const balancer = await elb.send(
    new CreateLoadBalancerCommand({ Name: 'berlin', Type: 'network', Subnets: [subnetId] }),
  );
  const balancerArn = given(balancer.LoadBalancers?.[0]?.LoadBalancerArn, 'load balancer');
  const arns: string[] = [];
  for (const Port of [443, 8443, 9090]) {
    const tcp = { Protocol: 'TCP', Port } as const;
    const made = await elb.send(
      new CreateTargetGroupCommand({ ...tcp, Name: `berlin-${Port}`, VpcId: vpcId }),
    );
    const arn = given(made.TargetGroups?.[0]?.TargetGroupArn, 'target group');
    const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn: arn }];
    await elb.send(
      new CreateListenerCommand({ ...tcp, LoadBalancerArn: balancerArn, DefaultActions }),
    );
    arns.push(arn);
  }
  return arns;
};

/** The group of one proxy, of sizes 1/2/1, with its launch hook and an instance in service. */
export const deployProxy = async (aws: EmulatedAws) => {
  const network = await deployNetwork(aws);
  const imageId = await baseImage(aws);
  const templateId = await addTemplate(aws, imageId);
  const targetGroupArns = await addTargetGroups(aws, network);
  await aws.autoScaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: groupName,
      MinSize: 1,
      MaxSize: 2,
      DesiredCapacity: 1,
      LaunchTemplate: { LaunchTemplateId: templateId, Version: '1' },
      TargetGroupARNs: [...targetGroupArns],
      VPCZoneIdentifier: network.subnetId,
    }),
  );
  await aws.autoScaling.send(
    new PutLifecycleHookCommand({
      AutoScalingGroupName: groupName,
      LifecycleHookName: launchHookName,
      LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
      HeartbeatTimeout: 3600,
      DefaultResult: 'CONTINUE',
    }),
  );
  const { AutoScalingGroups } = await aws.autoScaling.send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [groupName] }),
  );
  const servingId = given(AutoScalingGroups?.[0]?.Instances?.[0]?.InstanceId, 'instance');
  return { groupName, imageId, templateId, targetGroupArns, servingId };
};

export const addZone = async ({ route53 }: EmulatedAws, name: string): Promise<string> => {
  const input = { Name: name, CallerReference: name };
  const { HostedZone } = await route53.send(new CreateHostedZoneCommand(input));
  return given(HostedZone?.Id, 'hosted zone').replace('/hostedzone/', '');
};

export const addTable = async ({ dynamoDb }: EmulatedAws): Promise<string> => {
  const TableName = 'ledger';
  await dynamoDb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  const patience = { client: dynamoDb, maxWaitTime: 10, minDelay: 1, maxDelay: 1 };
  await waitUntilTableExists(patience, { TableName });
  return TableName;
};
