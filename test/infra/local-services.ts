import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resourceNames } from '../../functions/domain/resource-names.ts';
import { aFleet } from '../domain/a-fleet.ts';

/** What one built function has sent, to AWS, Slack or CloudFormation. */
export interface Exchange {
  readonly target: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const parametersOf = () => {
  const { proxies, ...fleet } = aFleet();
  return [
    { Name: resourceNames.fleetParameter(fleet.fleet), Value: JSON.stringify(fleet) },
    ...proxies.map((proxy) => ({
      Name: resourceNames.proxyParameter(fleet.fleet, proxy.name),
      Value: JSON.stringify(proxy),
    })),
  ];
};

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: string[] = [];
  for await (const chunk of request) chunks.push(String(chunk));
  return chunks.join('');
};

/** Systems Manager, DynamoDB and every web hook at one address of this machine. */
export const localServices = async () => {
  const exchanges: Exchange[] = [];
  const server = createServer(async (request, response) => {
    const target = String(request.headers['x-amz-target'] ?? request.url);
    exchanges.push({ target, headers: request.headers, body: await textOf(request) });
    // Functions share a process here: none shall inherit a connection of another, long idle.
    response.setHeader('connection', 'close').end(JSON.stringify(answers[target] ?? {}));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answers: Readonly<Record<string, object>> = {
    'AmazonSSM.GetParametersByPath': { Parameters: parametersOf() },
    'AmazonSSM.GetParameters': {
      Parameters: [...parametersOf(), { Name: aFleet().slack.webhook, Value: `${address}/slack` }],
    },
  };
  return { address, exchanges, close: () => server.close() };
};
