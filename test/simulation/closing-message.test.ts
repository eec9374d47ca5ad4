import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { expect, test } from '@jest/globals';
import type { Outside } from '../../functions/lambda/compose.ts';
import type { Handler } from '../../functions/lambda/handler.ts';
import type { StepName } from '../../functions/steps/register.ts';
import type { Mishaps, Service } from '../../sandbox/faults/sites.ts';
import { Kernel } from '../../sandbox/kernel/kernel.ts';
import { Unreliable } from '../../sandbox/world/lossy-network.ts';

const befalling = (service: Service): Mishaps => ({
  at: (site) => (site.service === service ? 'lost-after' : null),
  canBeStale: () => false,
  misleading: new Set(),
  struck: [],
});

/** Runs a step that reads a parameter and then notes that something is posted. */
const isSpoiledBy = async (service: Service, step: StepName): Promise<boolean> => {
  const mishaps = befalling(service);
  const unreliable = new Unreliable({ kernel: new Kernel(1), mishaps, stop: () => undefined });
  const client = { send: () => Promise.resolve({}) };
  const known = { dynamoDb: client, ssm: client } as unknown as Outside;
  const { dynamoDb, ssm } = unreliable.outside(known);
  const handler: Handler = async () => {
    await ssm.send(new GetParameterCommand({ Name: '/hook' })).catch(() => undefined);
    await dynamoDb.send(new PutItemCommand({ TableName: 'ledger', Item: {} }));
  };
  const handlers = unreliable.handlers({ [step]: handler } as Record<StepName, Handler>);
  await handlers[step]({ execution: { id: 'arn' } }).catch(() => undefined);
  return unreliable.isSlackSpoiled;
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
