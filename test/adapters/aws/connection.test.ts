import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, describe, expect, test } from '@jest/globals';
import { awsEnvironment } from '../../../cli/environment.ts';
import {
  attemptsMax,
  connection,
  requestHandler,
} from '../../../functions/adapters/aws/connection.ts';
import { callAws } from '../../../functions/adapters/aws/errors.ts';
import * as clients from '../../../functions/lambda/clients.ts';
import { type StepName, steps } from '../../../functions/steps/register.ts';
import { functionTimeoutSecondsOf } from '../../../statemachine/readers/tasks.ts';
import { failureOf } from '../../contracts/failure.ts';

const stepNames = Object.keys(steps) as StepName[];
const sockets: Socket[] = [];
let server: Server | null = null;

/** A server that accepts each connection, says this, and nothing after it. */
const silentAfter = async (said: string): Promise<number> => {
  const listening = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
    if (said !== '') socket.once('data', () => socket.write(said));
  });
  server = listening.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return (listening.address() as AddressInfo).port;
};

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server?.close();
});

const impatient = { ...requestHandler, requestTimeout: 60, socketTimeout: 60 };

const askSsm = (port: number): Promise<unknown> => {
  const client = new SSMClient({
    ...connection,
    requestHandler: impatient,
    maxAttempts: attemptsMax,
    region: 'eu-central-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' },
  });
  return callAws('GetParameters', 'some parameter', () =>
    client.send(new GetParametersCommand({ Names: ['some'] })),
  );
};

describe('a call of AWS', () => {
  test('that nobody answers ends after three attempts, with the host in its failure', async () => {
    const failure = await failureOf(askSsm(await silentAfter('')));

    expect(failure.name).toBe('AwsUnavailable');
    expect(failure.message).toContain('127.0.0.1: ');
    expect(failure.message).toContain('requestTimeout');
    expect(sockets).toHaveLength(attemptsMax);
  });

  test('whose response stops half-way ends too', async () => {
    const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.1\r\n';
    const port = await silentAfter(`${head}content-length: 100\r\n\r\n{"Parameters"`);

    expect((await failureOf(askSsm(port))).name).toBe('AwsUnavailable');
  });

  test('that is refused names the host', async () => {
    const port = await silentAfter('');
    server?.close();
    const failure = await failureOf(askSsm(port));

    expect(failure.name).toBe('AwsUnavailable');
    expect(failure.message).toContain('127.0.0.1: ');
  });

  test('ends before the function that makes it, whatever the path does', () => {
    const { requestTimeout, socketTimeout } = requestHandler;
    const functionSeconds = Math.min(...stepNames.map(functionTimeoutSecondsOf));

    // Two more seconds are for the waits between the attempts.
    expect((attemptsMax * (requestTimeout + socketTimeout)) / 1000 + 2).toBeLessThan(
      functionSeconds,
    );
    expect(requestHandler.connectionTimeout).toBeLessThan(requestTimeout);
  });
});

const { katello: _notAws, ...factories } = clients;
const { clock: _clock, sleep: _sleep, ...ofCommands } = awsEnvironment('eu-central-1');
const everyClient = [
  ...Object.entries(factories).map(([name, make]) => [`${name} of functions`, make()] as const),
  ...Object.entries(ofCommands).map(([name, made]) => [`${name} of commands`, made] as const),
];

/** The handler resolves its options at its first request, and keeps them private before. */
const optionsOf = async (client: object): Promise<unknown> => {
  const { requestHandler: handler } = Reflect.get(client, 'config') as { requestHandler: object };
  return await Reflect.get(handler, 'configProvider');
};

describe('every client of AWS', () => {
  test.each(everyClient)('bounds its connections: %s', async (_name, client) => {
    expect(await optionsOf(client)).toMatchObject(requestHandler);
  });
});
