/** @jest-environment ./test/emulators/deviating-environment.ts */
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DeregisterImageCommand,
  DescribeSnapshotsCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { ChangeResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import {
  CreateStateMachineCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { autoScalingGroups } from '../../functions/adapters/aws/auto-scaling-groups.ts';
import type { DynamoDbClient } from '../../functions/adapters/aws/clients.ts';
import { dynamoLedger } from '../../functions/adapters/aws/dynamo-ledger.ts';
import { ec2Images } from '../../functions/adapters/aws/ec2-images.ts';
import { ec2Instances } from '../../functions/adapters/aws/ec2-instances.ts';
import { ec2LaunchTemplates } from '../../functions/adapters/aws/ec2-launch-templates.ts';
import { elbBalancer } from '../../functions/adapters/aws/elb-balancer.ts';
import { route53Dns } from '../../functions/adapters/aws/route53-dns.ts';
import { ssmFleet } from '../../functions/adapters/aws/ssm-fleet.ts';
import {
  readImagesBelow,
  ssmImageParameters,
} from '../../functions/adapters/aws/ssm-image-parameters.ts';
import { stepFunctionsExecutions } from '../../functions/adapters/aws/step-functions-executions.ts';
import { resourceNames, tagNames } from '../../functions/domain/resource-names.ts';
import { balancerContract } from '../contracts/balancer.ts';
import { dnsContract } from '../contracts/dns.ts';
import { executionContract } from '../contracts/executions.ts';
import { fleetContract } from '../contracts/fleet.ts';
import { groupContract } from '../contracts/group.ts';
import { imageParameterContract } from '../contracts/image-parameters.ts';
import { imageContract } from '../contracts/images.ts';
import { instanceContract } from '../contracts/instances.ts';
import { launchTemplateContract } from '../contracts/launch-templates.ts';
import { ledgerContract } from '../contracts/ledger.ts';
import { exampleFleet } from '../sandbox/aws/aws-world.ts';
import {
  addImage,
  addTable,
  addTemplate,
  addZone,
  deployNetwork,
  deployProxy,
  given,
  runInstances,
} from './deployment.ts';
import { type EmulatedAws, emulatedAws } from './emulator.ts';

/** Emulators know no waiting: what they do, they have done when they answer. */
const pass = async (): Promise<void> => undefined;

const { fleet } = exampleFleet;

const terminate =
  ({ ec2 }: EmulatedAws) =>
  async (id: string): Promise<void> => {
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
  };

const putParameter = async ({ ssm }: EmulatedAws, Name: string, Value: string): Promise<void> => {
  await ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));
};

groupContract(async () => {
  const aws = emulatedAws();
  const { servingId, groupName } = await deployProxy(aws);
  return {
    groups: autoScalingGroups(aws.autoScaling),
    groupName,
    servingId,
    failLaunches: () => {
      throw new Error('No launch of an emulator can be made to fail');
    },
    pass,
    end: aws.end,
  };
});

launchTemplateContract(async () => {
  const aws = emulatedAws();
  const templateId = await addTemplate(aws, 'ami-0123456789abcdef0');
  return { templates: ec2LaunchTemplates(aws.ec2), templateId, end: aws.end };
});

imageContract(async () => {
  const aws = emulatedAws();
  const { subnetId } = await deployNetwork(aws);
  const [builder = ''] = await runInstances(aws, subnetId, 1);
  const servingImageId = await addImage(aws, builder, {
    [tagNames.fleet]: fleet,
    [tagNames.imageState]: 'current',
    [tagNames.katelloVersion]: '4.21',
    [tagNames.features]: 'pulpcore registration templates logs',
  });
  const templateId = await addTemplate(aws, servingImageId);
  const templates = ec2LaunchTemplates(aws.ec2);
  let versions = 0;
  return {
    images: ec2Images(aws.ec2, () =>
      readImagesBelow(aws.ssm, resourceNames.imageParameters(fleet)),
    ),
    fleet,
    servingImageId,
    addImage: (owner) =>
      addImage(aws, builder, { [tagNames.fleet]: owner, [tagNames.imageState]: 'candidate' }),
    launchTemplateVersion: async (imageId) => {
      versions += 1;
      const candidate = { sourceVersion: '1', imageId, description: `${imageId} ${versions}` };
      await templates.ensureCandidate(templateId, candidate);
    },
    pointParameterAt: (id) =>
      putParameter(aws, resourceNames.proxyImageParameter(fleet, 'paris'), id),
    snapshots: async () => {
      const { Snapshots } = await aws.ec2.send(
        new DescribeSnapshotsCommand({ OwnerIds: ['self'] }),
      );
      return (Snapshots ?? []).map(({ SnapshotId }) => given(SnapshotId, 'snapshot id'));
    },
    deregisterOnly: async (id) => {
      await aws.ec2.send(new DeregisterImageCommand({ ImageId: id }));
    },
    end: aws.end,
  };
});

imageParameterContract(() => {
  const { ssm, end } = emulatedAws();
  return { parameters: ssmImageParameters(ssm), end };
});

instanceContract(async () => {
  const aws = emulatedAws();
  const { subnetId } = await deployNetwork(aws);
  const ids = await runInstances(aws, subnetId, 250);
  return { instances: ec2Instances(aws.ec2), ids, kill: terminate(aws), pass, end: aws.end };
});

balancerContract(async () => {
  const aws = emulatedAws();
  const { targetGroupArns, servingId } = await deployProxy(aws);
  return {
    balancer: elbBalancer(aws.elb),
    targetGroupArns,
    servingId,
    kill: terminate(aws),
    pass,
    end: aws.end,
  };
});

dnsContract(async () => {
  const aws = emulatedAws();
  const { route53, end } = aws;
  const { name: zone } = exampleFleet.network.hostedZone;
  const zoneId = await addZone(aws, zone);
  const record = {
    Name: `berlin-control.${zone}`,
    Type: 'A',
    TTL: 30,
    ResourceRecords: [{ Value: '10.0.0.10' }],
  } as const;
  await route53.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: zoneId,
      ChangeBatch: {
        Changes: [
          {
            Action: 'CREATE',
            ResourceRecordSet: { ...record, ResourceRecords: [...record.ResourceRecords] },
          },
        ],
      },
    }),
  );
  return {
    dns: route53Dns(route53),
    zoneId,
    name: record.Name,
    address: '10.0.0.10',
    earlierName: `athens.${zone}`,
    pass,
    end,
  };
});

/** Sends nothing else before what is being read has come, so that two updates at a time cross. */
const readingFirst = (client: EmulatedAws['dynamoDb']): DynamoDbClient => {
  const reads = new Set<Promise<unknown>>();
  return {
    send: async (command) => {
      if (!(command instanceof GetItemCommand)) await Promise.allSettled(reads);
      const answer = client.send(command);
      if (command instanceof GetItemCommand) reads.add(answer);
      return answer;
    },
  };
};

ledgerContract(async () => {
  const aws = emulatedAws();
  const { dynamoDb, end } = aws;
  const table = await addTable(aws);
  const put = (item: Record<string, { S: string }>) =>
    dynamoDb.send(new PutItemCommand({ TableName: table, Item: item }));
  let now = Date.now();
  return {
    ledger: dynamoLedger(readingFirst(dynamoDb), table, { now: () => new Date(now) }),
    lock: async (proxy, owner, reason) => {
      const takenAt = '2026-11-02T01:00:00.000Z';
      await put({
        id: { S: `lock#${proxy}` },
        owner: { S: owner },
        reason: { S: reason },
        takenAt: { S: takenAt },
      });
    },
    pass: async (seconds) => {
      now += seconds * 1000;
    },
    end,
  };
});

fleetContract(async () => {
  const aws = emulatedAws();
  const { proxies, ...rest } = exampleFleet;
  await putParameter(aws, resourceNames.fleetParameter(fleet), JSON.stringify(rest));
  for (const proxy of proxies) {
    const name = resourceNames.proxyParameter(fleet, proxy.name);
    await putParameter(aws, name, JSON.stringify(proxy));
  }
  return {
    fleet: ssmFleet(aws.ssm, fleet),
    deployed: exampleFleet,
    fleetParameter: resourceNames.fleetParameter(fleet),
    proxyParameter: (proxy) => resourceNames.proxyParameter(fleet, proxy),
    put: (parameter, value) => putParameter(aws, parameter, value),
    unknownFleet: ssmFleet(aws.ssm, 'asia'),
    end: aws.end,
  };
});

executionContract(async () => {
  const { sfn, account, end } = emulatedAws();
  const wait = { Type: 'Wait', Seconds: 3600, End: true };
  const { stateMachineArn } = await sfn.send(
    new CreateStateMachineCommand({
      name: 'rebuild-proxy',
      roleArn: `arn:aws:iam::${account}:role/rebuild-proxy`,
      definition: JSON.stringify({ StartAt: 'Await', States: { Await: wait } }),
    }),
  );
  return {
    executions: stepFunctionsExecutions(sfn),
    stateMachineArn: given(stateMachineArn, 'state machine'),
    start: async (name, input) => {
      const started = await sfn.send(new StartExecutionCommand({ stateMachineArn, name, input }));
      return given(started.executionArn, 'execution');
    },
    stop: async (executionArn) => {
      await sfn.send(new StopExecutionCommand({ executionArn }));
    },
    end,
  };
});
