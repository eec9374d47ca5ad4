import {
  DeleteParameterCommand,
  GetParameterCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
} from '@aws-sdk/client-ssm';
import { describe, expect, test } from '@jest/globals';
import type { SsmClient } from '../../functions/adapters/aws/clients.ts';
import { ssmImageParameters } from '../../functions/adapters/aws/ssm-image-parameters.ts';
import {
  type CloudFormationEvent,
  resourceTypes,
} from '../../functions/bootstrap-resources/custom-resources.ts';
import { firstRun } from '../../functions/bootstrap-resources/first-run.ts';
import { handle } from '../../functions/bootstrap-resources/handler.ts';

const name = '/smart-proxy-rebuilder/europe/images/proxies/eu-north';
const base = '/smart-proxies/europe/base-image';
const [baseImage, bakedImage] = ['ami-0ba5e0000000000b', 'ami-0bacced000000001'];

/** Parameter Store, as far as images need it. */
class Parameters {
  readonly values = new Map([[base, baseImage]]);

  readonly send = async (command: unknown): Promise<unknown> => {
    if (command instanceof PutParameterCommand) return this.#put(command.input);
    if (command instanceof DeleteParameterCommand) return this.#delete(command.input.Name ?? '');
    if (command instanceof GetParameterCommand)
      return { Parameter: { Value: this.#get(command.input.Name ?? '') } };
    throw new Error('unknown command');
  };

  #put({ Name = '', Value = '', Overwrite, DataType }: PutParameterCommandInput): object {
    if (DataType !== 'aws:ec2:image') throw named('ValidationException');
    if (this.values.has(Name) && Overwrite !== true) throw named('ParameterAlreadyExists');
    this.values.set(Name, Value);
    return {};
  }

  #get(parameter: string): string {
    const value = this.values.get(parameter);
    if (value === undefined) throw named('ParameterNotFound');
    return value;
  }

  #delete(parameter: string): object {
    if (!this.values.delete(parameter)) throw named('ParameterNotFound');
    return {};
  }
}

const named = (errorName: string): Error =>
  Object.assign(new Error(errorName), { name: errorName });

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

const deployTo = async (parameters: Parameters, change: Partial<CloudFormationEvent> = {}) => {
  const answers: Record<string, unknown>[] = [];
  const ssm = parameters as unknown as SsmClient;
  const put = async (_url: string, body: string) => void answers.push(JSON.parse(body));
  await handle({ ssm, now: () => new Date('2026-03-01T00:00:00Z'), put }, event(change));
  expect(answers).toHaveLength(1);
  return answers[0];
};

const promote = (parameters: Parameters): Promise<void> =>
  ssmImageParameters(parameters as unknown as SsmClient).write(name, bakedImage);

describe('the first image of a proxy', () => {
  test('is the base image, so that the group can be created', async () => {
    const parameters = new Parameters();

    expect(await deployTo(parameters)).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: name,
    });
    expect(parameters.values.get(name)).toBe(baseImage);
  });

  test('may be given by its id', async () => {
    const parameters = new Parameters();

    await deployTo(parameters, {
      ResourceProperties: { Parameter: name, BaseImage: 'ami-0123456789abcdef0' },
    });
    expect(parameters.values.get(name)).toBe('ami-0123456789abcdef0');
  });

  test('deploying twice with a promoted image between changes nothing', async () => {
    const parameters = new Parameters();
    await deployTo(parameters);
    await promote(parameters);

    await deployTo(parameters, {
      RequestType: 'Update',
      PhysicalResourceId: name,
      ResourceProperties: { Parameter: name, BaseImage: 'ami-0fffffffffffffff0' },
    });
    expect(parameters.values.get(name)).toBe(bakedImage);
  });

  test('a creation that CloudFormation repeats does not bring the base image back', async () => {
    const parameters = new Parameters();
    await deployTo(parameters);
    await promote(parameters);

    expect(await deployTo(parameters)).toMatchObject({ Status: 'SUCCESS' });
    expect(parameters.values.get(name)).toBe(bakedImage);
  });

  test('goes with its proxy, once or twice', async () => {
    const parameters = new Parameters();
    await deployTo(parameters);
    const removal = { RequestType: 'Delete', PhysicalResourceId: name } as const;

    await deployTo(parameters, removal);
    expect(await deployTo(parameters, removal)).toMatchObject({ Status: 'SUCCESS' });
    expect(parameters.values.has(name)).toBe(false);
  });

  test('a failure is told to CloudFormation, which would wait for an hour otherwise', async () => {
    const parameters = new Parameters();
    parameters.values.delete(base);

    expect(await deployTo(parameters)).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('ParameterNotFound'),
    });
  });

  test('a resource that nobody knows is a failure too', async () => {
    expect(await deployTo(new Parameters(), { ResourceType: 'Custom::Other' })).toMatchObject({
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
