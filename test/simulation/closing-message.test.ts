import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { expect, test } from '@jest/globals';
import type { Environment } from '../../functions/lambda/environment.ts';
import type { Handler } from '../../functions/lambda/handler.ts';
import type { StepName } from '../../functions/steps/register.ts';
import type { CallFaults } from '../../sandbox/faults/injection.ts';
import type { Service } from '../../sandbox/faults/sites.ts';
import { Kernel } from '../../sandbox/kernel/kernel.ts';
import { Paths } from '../../sandbox/network/paths.ts';
import { LossyNetwork } from '../../sandbox/world/lossy-network.ts';
import { exampleFleet } from '../sandbox/aws/aws-world.ts';

const striking = (service: Service): CallFaults => ({
  strikeAt: (site) => (site.service === service ? 'lost-after' : null),
  canBeStale: () => false,
  misleading: new Set(),
});

/** Runs a step that reads a parameter and then notes that something is posted. */
const isSpoiledBy = async (service: Service, step: StepName): Promise<boolean> => {
  const faults = striking(service);
  const paths = new Paths(exampleFleet);
  const network = new LossyNetwork({
    kernel: new Kernel(1),
    faults,
    paths,
    stop: () => undefined,
  });
  const client = { send: () => Promise.resolve({}) };
  const known = { dynamoDb: client, ssm: client } as unknown as Environment;
  const { dynamoDb, ssm } = network.environment(known);
  const handler: Handler = async () => {
    await ssm.send(new GetParameterCommand({ Name: '/hook' })).catch(() => undefined);
    await dynamoDb.send(new PutItemCommand({ TableName: 'ledger', Item: {} }));
  };
  const handlers = network.handlers({ [step]: handler } as Record<StepName, Handler>);
  await handlers[step]({ execution: { id: 'arn' } }).catch(() => undefined);
  return network.isSlackSpoiled;
};

test.each([
  ['dynamodb', 'announceOutcome', true],
  ['dynamodb', 'announceLeftovers', true],
  ['dynamodb', 'settleProxy', false],
  ['ssm', 'announceOutcome', false],
  ['lambda', 'announceOutcome', false],
] as const)('lost to %s in %s, a call excuses a second closing message: %s', async (...of) => {
  const [service, step, isExcused] = of;
  expect(await isSpoiledBy(service, step)).toBe(isExcused);
});
