import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { describe, expect, test } from '@jest/globals';
import { firewallOf } from '../../../deployment/firewall.ts';
import { isTransient } from '../../../functions/adapters/aws/errors.ts';
import type { Environment } from '../../../functions/lambda/environment.ts';
import type { Handler } from '../../../functions/lambda/handler.ts';
import type { StepName } from '../../../functions/steps/register.ts';
import type { CallFaults } from '../../../sandbox/faults/injection.ts';
import { Kernel } from '../../../sandbox/kernel/kernel.ts';
import { Paths } from '../../../sandbox/network/paths.ts';
import { LossyNetwork } from '../../../sandbox/world/lossy-network.ts';
import { exampleFleet } from '../aws/aws-world.ts';

const faultless: CallFaults = {
  strikeAt: () => null,
  canBeStale: () => false,
  misleading: new Set(),
};

/** What a call of Systems Manager ends in, by a step whose group lets out to these ports alone. */
const callOf = async (step: StepName, ports: readonly number[]): Promise<unknown> => {
  const paths = new Paths(exampleFleet, (fleet, proxy) => {
    const rules = firewallOf(fleet, proxy);
    const egress = rules.functions.egress.filter(({ port }) => ports.includes(port));
    return { ...rules, functions: { ingress: [], egress } };
  });
  const network = new LossyNetwork({
    kernel: new Kernel(1),
    faults: faultless,
    paths,
    stop: () => undefined,
  });
  const client = { send: () => Promise.resolve('an answer') };
  const { ssm } = network.environment({ ssm: client } as unknown as Environment);
  const handler: Handler = () =>
    ssm.send(new GetParameterCommand({ Name: '/hook' })).catch((error: unknown) => error);
  const handlers = network.handlers({ [step]: handler } as Record<StepName, Handler>);
  return handlers[step]({ execution: { id: 'arn' } });
};

describe('a function in the network of Katello', () => {
  test('calls AWS through the rules of its group', async () => {
    expect(await callOf('startSync', [443, 53])).toBe('an answer');
  });

  test.each([
    ['to no name server', [443], { code: 'EAI_AGAIN' }],
    ['to no endpoint', [53], { name: 'TimeoutError' }],
  ])('that is let out %s gets an error that is worth a retry', async (_, ports, error) => {
    const met = await callOf('startSync', ports);

    expect(met).toMatchObject(error);
    expect(isTransient(met)).toBe(true);
  });
});

test('any other function calls AWS without those rules', async () => {
  expect(await callOf('settleProxy', [])).toBe('an answer');
});
