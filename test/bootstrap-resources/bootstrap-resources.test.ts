import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ssmImageParameters } from '../../functions/adapters/aws/ssm-image-parameters.ts';
import {
  type CloudFormationEvent,
  resourceTypes,
} from '../../functions/bootstrap-resources/custom-resources.ts';
import { firstRun } from '../../functions/bootstrap-resources/first-run.ts';
import { handle } from '../../functions/bootstrap-resources/handler.ts';
import { observeAwsCalls } from '../../sandbox/aws/aws-calls.ts';
import { AwsWorld } from '../sandbox/aws/aws-world.ts';
import { SimulatedKms } from './simulated-kms.ts';

const name = '/smart-proxy-rebuilder/europe/images/proxies/eu-north';
const base = '/smart-proxies/europe/base-image';
const [baseImage, bakedImage] = ['ami-0ba5e0000000000b', 'ami-0bacced000000001'];

let world: AwsWorld;
beforeEach(() => {
  world = new AwsWorld();
  world.aws.parameters.put(base, baseImage);
});
afterEach(() => world.end());

const readValue = (parameter: string): string | undefined =>
  world.aws.parameters.get(parameter)?.value;

const event = (change: Partial<CloudFormationEvent>): CloudFormationEvent => ({
  RequestType: 'Create',
  ResourceType: resourceTypes.firstImage,
  ResourceProperties: { Parameter: name, BaseImage: base },
  ResponseURL: 'https://cloudformation.test/answer',
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'FirstImage',
  ...change,
});

const deploy = async (change: Partial<CloudFormationEvent> = {}) => {
  const answers: Record<string, unknown>[] = [];
  const { ssm } = world.aws;
  const kms = new SimulatedKms();
  const put = async (_url: string, body: string) => void answers.push(JSON.parse(body));
  await handle({ kms, ssm, now: () => new Date('2026-03-01T00:00:00Z'), put }, event(change));
  expect(answers).toHaveLength(1);
  return answers[0];
};

const promote = (): Promise<void> => ssmImageParameters(world.aws.ssm).write(name, bakedImage);

describe('the first image of a proxy', () => {
  test('is the base image, so that the group can be created', async () => {
    expect(await deploy()).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: name,
    });
    expect(readValue(name)).toBe(baseImage);
  });

  test('is of the data type by which a launch template finds it', async () => {
    const sent: object[] = [];
    const stop = observeAwsCalls(({ operation, input }) => {
      if (operation === 'PutParameter') sent.push(input);
    });
    await deploy();
    stop();

    expect(sent).toMatchObject([{ Name: name, DataType: 'aws:ec2:image' }]);
  });

  test('may be given by its id', async () => {
    await deploy({
      ResourceProperties: { Parameter: name, BaseImage: 'ami-0123456789abcdef0' },
    });
    expect(readValue(name)).toBe('ami-0123456789abcdef0');
  });

  test('deploying twice with a promoted image between changes nothing', async () => {
    await deploy();
    await promote();

    await deploy({
      RequestType: 'Update',
      PhysicalResourceId: name,
      ResourceProperties: { Parameter: name, BaseImage: 'ami-0fffffffffffffff0' },
    });
    expect(readValue(name)).toBe(bakedImage);
  });

  test('a creation that CloudFormation repeats does not bring the base image back', async () => {
    await deploy();
    await promote();

    expect(await deploy()).toMatchObject({ Status: 'SUCCESS' });
    expect(readValue(name)).toBe(bakedImage);
  });

  test('goes with its proxy, once or twice', async () => {
    await deploy();
    const removal = { RequestType: 'Delete', PhysicalResourceId: name } as const;

    await deploy(removal);
    expect(await deploy(removal)).toMatchObject({ Status: 'SUCCESS' });
    expect(readValue(name)).toBeUndefined();
  });

  test('reports a failure to CloudFormation, which otherwise waits for an hour', async () => {
    world.aws.parameters.delete(base);

    expect(await deploy()).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('ParameterNotFound'),
    });
  });

  test('a resource that nobody knows is a failure too', async () => {
    expect(await deploy({ ResourceType: 'Custom::Other' })).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('Custom::Other'),
    });
  });
});

describe('the first run of the cycle', () => {
  const at = (change: Partial<CloudFormationEvent>, now: string) =>
    firstRun(
      event({
        ResourceType: resourceTypes.firstRun,
        ResourceProperties: { EveryDays: '21', Schedule: 'x' },
        ...change,
      }),
      new Date(now),
    );

  test('is a cycle after the first deployment', () => {
    expect(at({}, '2026-03-01T10:00:00Z')).toEqual({
      physicalId: '2026-03-22T10:00:00Z',
      data: { StartAt: '2026-03-22T10:00:00Z' },
    });
  });

  test.each([
    ['before it', '2026-03-10T00:00:00Z', '2026-03-22T10:00:00Z'],
    ['right before it', '2026-03-22T09:30:00Z', '2026-04-12T10:00:00Z'],
    ['after it', '2026-03-23T00:00:00Z', '2026-04-12T10:00:00Z'],
    ['a year after it', '2027-03-23T00:00:00Z', '2027-04-04T10:00:00Z'],
  ])(
    'keeps its place in the sequence when a deployment changes the schedule %s',
    (_, now, next) => {
      const update = { RequestType: 'Update', PhysicalResourceId: '2026-03-22T10:00:00Z' } as const;

      expect(at(update, now)).toEqual({
        physicalId: '2026-03-22T10:00:00Z',
        data: { StartAt: next },
      });
    },
  );
});
