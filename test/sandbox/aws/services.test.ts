import { DescribePoliciesCommand } from '@aws-sdk/client-auto-scaling';
import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { DescribeImagesCommand, RunInstancesCommand } from '@aws-sdk/client-ec2';
import {
  type Change,
  type ChangeAction,
  ChangeResourceRecordSetsCommand,
} from '@aws-sdk/client-route-53';
import { ListExecutionsCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Source } from '../../../sandbox/network/proxy-network.ts';
import { takeProblems } from '../../service-models/watch.ts';
import { AwsWorld, durations, exampleFleet } from './aws-world.ts';
import { ListedExecutions, stateMachineArn } from './listed-executions.ts';

let world: AwsWorld;
beforeEach(() => {
  world = new AwsWorld();
});
afterEach(() => world.end());

describe('a command that is not simulated', () => {
  test('throws, naming itself and the service', async () => {
    const { autoScaling, ec2 } = world.aws;

    await expect(autoScaling.send(new DescribePoliciesCommand({}))).rejects.toThrow(
      'The simulated autoscaling does not know DescribePoliciesCommand',
    );
    const run = new RunInstancesCommand({ MinCount: 1, MaxCount: 1 });
    await expect(ec2.send(run)).rejects.toThrow('RunInstancesCommand');
  });

  test('throws for a filter as well', async () => {
    const command = new DescribeImagesCommand({ Filters: [{ Name: 'name', Values: ['x'] }] });

    await expect(world.aws.ec2.send(command)).rejects.toThrow('filter name');
    expect(takeProblems()).toEqual([expect.stringContaining('error Error')]);
  });
});

describe('faults of the API', () => {
  const read = () => world.aws.ssm.send(new GetParameterCommand({ Name: '/p' }));

  test('throttle the service that is meant, and no other', async () => {
    world.faults.set('api-throttled', 1, 'ssm');

    await world.aws.ec2.send(new DescribeImagesCommand({}));
    await expect(read()).rejects.toMatchObject({ name: 'ThrottlingException' });
    await expect(read()).rejects.toMatchObject({ name: 'ParameterNotFound' });
  });

  test('end in an internal error, now before and now after the effect', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `/p/${index}`);
    for (const Name of names) {
      world.faults.set('api-fails', 1);
      const put = new PutParameterCommand({ Name, Value: 'v' });
      await expect(world.aws.ssm.send(put)).rejects.toMatchObject({
        name: 'InternalServerError',
        $metadata: { httpStatusCode: 500 },
      });
    }

    const written = world.aws.parameters.below('/p', true).length;
    expect(written).toBeGreaterThan(0);
    expect(written).toBeLessThan(names.length);
  });

  test('count as calls too', async () => {
    const before = world.aws.awsCalls;
    world.faults.set('api-throttled', 1);
    await read().catch(() => undefined);
    await read().catch(() => undefined);

    expect(world.aws.awsCalls - before).toBe(2);
  });
});

describe('the load balancer', () => {
  const connect = (source: Source) => world.aws.balancers.connect('berlin', source)?.id ?? null;
  const both = () => [connect('katello'), connect('functions')];
  const register = async (): Promise<string> => {
    const { id } = world.aws.instances.launch('berlin', world.imageId, {});
    await world.pass(900);
    world.aws.balancers.register('berlin', id);
    await world.pass(durations.registerSeconds);
    return id;
  };

  test('lets the healthy targets take turns with each new source', async () => {
    const second = await register();

    expect(both().toSorted()).toEqual([second, world.berlin.instanceId].toSorted());
  });

  test('keeps a source with its target', async () => {
    await register();
    const first = connect('functions');

    expect([connect('katello'), connect('functions'), connect('functions')].slice(1)).toEqual([
      first,
      first,
    ]);
  });

  test('sends clients to a dead target until its health checks have failed', async () => {
    const second = await register();
    world.aws.instances.kill(world.berlin.instanceId);
    expect(both()).toContain(world.berlin.instanceId);

    await world.pass(30);

    expect(both()).toEqual([second, second]);
  });

  test('sends clients to every target when none is healthy', async () => {
    world.aws.instances.kill(world.berlin.instanceId);
    await world.pass(30);

    expect(connect('katello')).toBe(world.berlin.instanceId);
  });

  test('sends nobody to a target that drains', () => {
    world.aws.balancers.deregister('berlin', world.berlin.instanceId);

    expect(connect('katello')).toBeNull();
  });
});

describe('Parameter Store', () => {
  test('gives a SecureString in clear only when asked to', async () => {
    world.aws.parameters.put('/token', 'hidden', 'SecureString');
    const read = async (WithDecryption: boolean) => {
      const command = new GetParameterCommand({ Name: '/token', WithDecryption });
      return (await world.aws.ssm.send(command)).Parameter?.Value;
    };

    expect(await read(true)).toBe('hidden');
    expect(await read(false)).not.toContain('hidden');
  });

  test('overwrites only when asked to', async () => {
    const put = (Overwrite: boolean) =>
      world.aws.ssm.send(new PutParameterCommand({ Name: '/p', Value: 'v', Overwrite }));
    await put(false);

    await expect(put(false)).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
    expect((await put(true)).Version).toBe(2);
  });
});

describe('Route 53', () => {
  const changeAll = (Changes: Change[]) =>
    world.aws.route53.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: exampleFleet.network.hostedZone.id,
        ChangeBatch: { Changes },
      }),
    );
  const changeTo = (Action: ChangeAction, Name: string, Value: string): Change => ({
    Action,
    ResourceRecordSet: { Name, Type: 'A', TTL: 30, ResourceRecords: [{ Value }] },
  });
  const change = (...asked: [ChangeAction, string, string]) => changeAll([changeTo(...asked)]);
  const control = 'berlin-control.example.com';
  const resolve = (cachedForSeconds = 0) => world.aws.zones.resolve(control, { cachedForSeconds });

  test('gives the old address until the change is everywhere, and a cache for longer', async () => {
    const old = world.berlin.privateIp;
    await change('UPSERT', control, '10.9.9.9');
    expect(resolve()).toBe(old);

    await world.pass(30);
    expect(resolve()).toBe('10.9.9.9');
    expect(resolve(30)).toBe(old);
    await world.pass(30);
    expect(resolve(30)).toBe('10.9.9.9');
  });

  test('knows batches of one change only: AWS makes all of a batch or none', async () => {
    const batch = [
      changeTo('UPSERT', control, '10.9.9.9'),
      changeTo('CREATE', control, '10.9.9.9'),
    ];

    await expect(changeAll(batch)).rejects.toThrow('one change only');
    expect(takeProblems()).toEqual([expect.stringContaining('error Error')]);
    expect(world.events.map(({ kind }) => kind)).not.toContain('record-moved');
  });

  test('tells who watches which proxy it was', async () => {
    await change('UPSERT', control, '10.9.9.9');

    expect(world.events.at(-1)).toMatchObject({ kind: 'record-moved', proxy: 'berlin' });
  });

  test.each([
    ['CREATE', control, '10.0.0.1', 'already exists'],
    ['DELETE', 'none.example.com', '10.0.0.1', 'was not found'],
    ['DELETE', control, '10.0.0.99', 'do not match'],
    ['UPSERT', 'elsewhere.org', '10.0.0.1', 'is not permitted in zone'],
    ['UPSERT', control, 'not-an-address', 'Invalid Resource Record'],
  ] as const)('refuses %s %s %s', async (action, name, address, message) => {
    await expect(change(action, name, address)).rejects.toThrow(message);
  });
});

describe('DynamoDB', () => {
  const lockFor = (owner: string): PutItemCommandInput => ({
    TableName: 'ledger',
    Item: { id: { S: 'lock#berlin' }, owner: { S: owner } },
    ConditionExpression: 'attribute_not_exists(id) OR #owner = :me',
    ExpressionAttributeNames: { '#owner': 'owner' },
    ExpressionAttributeValues: { ':me': { S: owner } },
  });
  const take = (owner: string) => world.aws.dynamoDb.send(new PutItemCommand(lockFor(owner)));
  const key = { TableName: 'ledger', Key: { id: { S: 'lock#berlin' } } };
  const release = (owner: string) =>
    world.aws.dynamoDb.send(
      new DeleteItemCommand({
        ...key,
        ConditionExpression: '#owner = :me',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':me': { S: owner } },
      }),
    );

  test('gives the lock to one owner, as often as he asks, until he gives it back', async () => {
    await take('one');
    await take('one');
    await expect(take('two')).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    await expect(release('two')).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
    });

    await release('one');
    await take('two');

    const { Item } = await world.aws.dynamoDb.send(new GetItemCommand(key));
    expect(Item?.['owner']).toEqual({ S: 'two' });
  });

  test('knows only the tables that were made', async () => {
    const get = new GetItemCommand({ ...key, TableName: 'none' });

    await expect(world.aws.dynamoDb.send(get)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

describe('Step Functions', () => {
  test('starts the same execution once, and refuses its name for another', async () => {
    world.aws.useExecutions(new ListedExecutions(() => world.kernel.now()));
    const start = (input: string) =>
      world.aws.sfn.send(new StartExecutionCommand({ stateMachineArn, name: 'one', input }));

    const first = await start('{}');

    expect((await start('{}')).executionArn).toBe(first.executionArn);
    await expect(start('{"a":1}')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  });

  test('refuses a token that it has not given', async () => {
    world.aws.useExecutions(new ListedExecutions(() => world.kernel.now()));
    const list = new ListExecutionsCommand({ stateMachineArn, nextToken: 'x' });

    await expect(world.aws.sfn.send(list)).rejects.toMatchObject({ name: 'InvalidToken' });
  });
});

describe('CodeBuild', () => {
  const bake = (signal?: AbortSignal) => {
    world.aws.codeBuild.addProject('bake', ({ FLEET = '' }) => ({ fleet: FLEET }));
    return world.aws.codeBuild.bake('bake', [{ name: 'FLEET', value: 'europe' }], signal);
  };
  const imagesMade = () => world.aws.images.all().length - 1;

  test('makes an image and exports its id', async () => {
    const build = bake();
    await world.pass(durations.bakeSeconds);

    const { exportedEnvironmentVariables, buildStatus } = await build;

    const [exported] = exportedEnvironmentVariables;
    expect(exported?.name).toBe('IMAGE_ID');
    expect(world.aws.images.get(exported?.value ?? '')?.tags.get('fleet')).toBe('europe');
    expect(buildStatus).toBe('SUCCEEDED');
  });

  test('ends in failure, and leaves no image', async () => {
    world.faults.set('bake-fails', 1);
    const build = bake();
    await world.pass(durations.bakeSeconds);

    expect((await build).buildStatus).toBe('FAILED');
    expect(imagesMade()).toBe(0);
  });

  test('leaves no image when it is stopped', async () => {
    const controller = new AbortController();
    void bake(controller.signal);
    controller.abort();
    await world.pass(durations.bakeSeconds * 2);

    expect(imagesMade()).toBe(0);
  });
});
