import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { autoScalingGroups } from '../../../functions/adapters/aws/auto-scaling-groups.ts';
import { dynamoLedger } from '../../../functions/adapters/aws/dynamo-ledger.ts';
import { ec2Images } from '../../../functions/adapters/aws/ec2-images.ts';
import { ec2Instances } from '../../../functions/adapters/aws/ec2-instances.ts';
import { ec2LaunchTemplates } from '../../../functions/adapters/aws/ec2-launch-templates.ts';
import { elbBalancer } from '../../../functions/adapters/aws/elb-balancer.ts';
import { route53Dns } from '../../../functions/adapters/aws/route53-dns.ts';
import { ssmBoot } from '../../../functions/adapters/aws/ssm-boot.ts';
import { ssmContentReports } from '../../../functions/adapters/aws/ssm-content-reports.ts';
import { ssmFleet } from '../../../functions/adapters/aws/ssm-fleet.ts';
import {
  readImagesBelow,
  ssmImageParameters,
} from '../../../functions/adapters/aws/ssm-image-parameters.ts';
import { stepFunctionsExecutions } from '../../../functions/adapters/aws/step-functions-executions.ts';
import { resourceNames, tagNames } from '../../../functions/domain/resource-names.ts';
import { documentNames } from '../../../sandbox/aws/run-command.ts';
import { artifactsBucket } from '../../../sandbox/aws/s3.ts';
import { balancerContract } from '../../contracts/balancer.ts';
import { bootContract } from '../../contracts/boot.ts';
import { contentReportContract } from '../../contracts/content-reports.ts';
import { dnsContract } from '../../contracts/dns.ts';
import { executionContract } from '../../contracts/executions.ts';
import { fleetContract } from '../../contracts/fleet.ts';
import { groupContract } from '../../contracts/group.ts';
import { imageParameterContract } from '../../contracts/image-parameters.ts';
import { imageContract } from '../../contracts/images.ts';
import { instanceContract } from '../../contracts/instances.ts';
import { launchTemplateContract } from '../../contracts/launch-templates.ts';
import { ledgerContract } from '../../contracts/ledger.ts';
import { AwsWorld, exampleFleet } from '../../sandbox/aws/aws-world.ts';
import { ListedExecutions, stateMachineArn } from '../../sandbox/aws/listed-executions.ts';
import { counting } from './counting.ts';

groupContract(() => {
  const { aws, berlin, faults, pass, end } = new AwsWorld();
  return {
    groups: autoScalingGroups(aws.autoScaling),
    groupName: berlin.groupName,
    servingId: berlin.instanceId,
    failLaunches: (times) => faults.set('launch-fails', times),
    pass,
    end,
  };
});

launchTemplateContract(() => {
  const { aws, berlin, end } = new AwsWorld();
  return { templates: ec2LaunchTemplates(aws.ec2), templateId: berlin.templateId, end };
});

imageContract(() => {
  const { aws, berlin, imageId, end } = new AwsWorld();
  const path = resourceNames.imageParameters(exampleFleet.fleet);
  const templates = ec2LaunchTemplates(aws.ec2);
  return {
    images: ec2Images(aws.ec2, () => readImagesBelow(aws.ssm, path)),
    fleet: exampleFleet.fleet,
    servingImageId: imageId,
    addImage: (fleet) =>
      aws.images.add({ tags: { [tagNames.fleet]: fleet, [tagNames.imageState]: 'candidate' } }),
    launchTemplateVersion: async (imageId) => {
      const description = `${imageId} ${aws.templates.all().length}`;
      const candidate = { sourceVersion: '1', imageId, description };
      await templates.ensureCandidate(berlin.templateId, candidate);
    },
    pointParameterAt: (id) =>
      void aws.parameters.put(resourceNames.proxyImageParameter(exampleFleet.fleet, 'paris'), id),
    snapshots: () => aws.images.snapshots(),
    deregisterOnly: (id) => void aws.images.deregister(id, false),
    end,
  };
});

imageParameterContract(() => {
  const { aws, end } = new AwsWorld();
  return { parameters: ssmImageParameters(aws.ssm), end };
});

instanceContract(() => {
  const { aws, imageId, pass, end } = new AwsWorld();
  const ids = Array.from({ length: 250 }, () => aws.instances.launch('berlin', imageId, {}).id);
  return {
    instances: ec2Instances(aws.ec2),
    ids,
    kill: (id) => aws.instances.kill(id),
    pass,
    end,
  };
});

balancerContract(() => {
  const { aws, berlin, pass, end } = new AwsWorld();
  return {
    balancer: elbBalancer(aws.elb),
    targetGroupArns: berlin.targetGroupArns,
    servingId: berlin.instanceId,
    kill: (id) => aws.instances.kill(id),
    pass,
    end,
  };
});

bootContract(() => {
  const { aws, faults, imageId, pass, end } = new AwsWorld();
  const { client, countOf } = counting(aws.ssm);
  return {
    boot: ssmBoot(client, { documentName: 'boot-report', waitSeconds: 100 }),
    launch: () => aws.instances.launch('berlin', imageId, {}).id,
    kill: (id) => aws.instances.kill(id),
    failInstallation: () => faults.set('install-fails', 1),
    commandsSent: () => countOf('SendCommandCommand'),
    pass,
    end,
  };
});

contentReportContract(() => {
  const { aws, berlin, faults, imageId, machines, pass, end } = new AwsWorld();
  return {
    reports: ssmContentReports(aws, {
      documentName: documentNames.contentReport,
      bucket: artifactsBucket,
    }),
    servingId: berlin.instanceId,
    launch: () => aws.instances.launch('berlin', imageId, {}).id,
    kill: (id) => aws.instances.kill(id),
    fill: (id, repositories) => {
      const machine = machines.get(id);
      if (machine !== undefined) machine.store = repositories;
    },
    failReports: (times) => faults.set('report-fails', times),
    pass,
    end,
  };
});

dnsContract(() => {
  const { aws, berlin, pass, end } = new AwsWorld();
  return {
    dns: route53Dns(aws.route53),
    zoneId: exampleFleet.network.hostedZone.id,
    name: 'berlin-control.example.com',
    address: berlin.privateIp,
    earlierName: 'athens.example.com',
    pass,
    end,
  };
});

ledgerContract(() => {
  const { aws, kernel, pass, end } = new AwsWorld();
  const put = (item: Record<string, { S: string }>) =>
    aws.dynamoDb.send(new PutItemCommand({ TableName: 'ledger', Item: item }));
  return {
    ledger: dynamoLedger(aws.dynamoDb, 'ledger', { now: () => new Date(kernel.now()) }),
    lock: async (proxy, owner, reason) => {
      await put({
        id: { S: `lock#${proxy}` },
        owner: { S: owner },
        reason: { S: reason },
        takenAt: { S: '2026-11-02T01:00:00.000Z' },
      });
    },
    pass,
    end,
  };
});

fleetContract(() => {
  const { aws, end } = new AwsWorld();
  const { fleet } = exampleFleet;
  return {
    fleet: ssmFleet(aws.ssm, fleet),
    deployed: exampleFleet,
    fleetParameter: resourceNames.fleetParameter(fleet),
    proxyParameter: (proxy) => resourceNames.proxyParameter(fleet, proxy),
    put: (parameter, value) => void aws.parameters.put(parameter, value),
    unknownFleet: ssmFleet(aws.ssm, 'asia'),
    end,
  };
});

executionContract(() => {
  const { aws, kernel, end } = new AwsWorld();
  const registry = new ListedExecutions(() => kernel.now());
  aws.useExecutions(registry);
  return {
    executions: stepFunctionsExecutions(aws.sfn),
    stateMachineArn,
    start: (name, input = '{}') => registry.start(stateMachineArn, name, input).arn,
    stop: (arn) => registry.stop(arn),
    end,
  };
});
