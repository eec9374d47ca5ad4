import {
  CreateTagsCommand,
  DescribeInstancesCommand,
  type Instance as Ec2Instance,
} from '@aws-sdk/client-ec2';
import { NamedFailure } from '../../domain/failures.ts';
import type { Instance, InstancePort, InstanceState } from '../../ports/instances.ts';
import type { Ec2Client } from './clients.ts';
import { callAws } from './errors.ts';
import { allPages, inBatches } from './pages.ts';

/** Maximum number of values of one EC2 filter. */
const filterValuesMax = 200;

const states: Readonly<Record<InstanceState, true>> = {
  pending: true,
  running: true,
  'shutting-down': true,
  terminated: true,
  stopping: true,
  stopped: true,
};

const isState = (state: string | undefined): state is InstanceState =>
  state !== undefined && Object.hasOwn(states, state);

export const ec2Instances = (client: Ec2Client): InstancePort => ({
  read: async (instanceIds) => {
    // A filter instead of ids: a single id that EC2 no longer has would make the whole call fail.
    const batches = inBatches(instanceIds, filterValuesMax).map((ids) => readBatch(client, ids));
    return (await Promise.all(batches)).flat().map(asInstance);
  },
  tag: async (instanceId, tags) => {
    const input = {
      Resources: [instanceId],
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    };
    await callAws('CreateTags', instanceId, () => client.send(new CreateTagsCommand(input)));
  },
});

const readBatch = (
  client: Ec2Client,
  instanceIds: readonly string[],
): Promise<readonly Ec2Instance[]> => {
  const resource = instanceIds.join(', ');
  return allPages(`The list of instances ${resource}`, async (NextToken) => {
    const filter = { Name: 'instance-id', Values: [...instanceIds] };
    const input = { Filters: [filter], NextToken };
    const answer = await callAws('DescribeInstances', resource, () =>
      client.send(new DescribeInstancesCommand(input)),
    );
    const elements = (answer.Reservations ?? []).flatMap(({ Instances }) => Instances ?? []);
    return { elements, next: answer.NextToken };
  });
};

const asInstance = (answer: Ec2Instance): Instance => {
  const { InstanceId: id, ImageId: imageId, LaunchTime: launchedAt } = answer;
  const state = answer.State?.Name;
  if (id === undefined || imageId === undefined || launchedAt === undefined || !isState(state)) {
    throw new NamedFailure(
      'UnexpectedAnswer',
      `EC2 returned the instance ${id ?? '(no id)'} without image, launch time or a known state`,
    );
  }
  const tags = (answer.Tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? ''] as const);
  return {
    id,
    state,
    stateReason: answer.StateReason?.Message ?? null,
    imageId,
    launchedAt,
    privateIp: answer.PrivateIpAddress ?? null,
    tags: Object.fromEntries(tags),
  };
};
