import { randomInt } from 'node:crypto';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Route53Client } from '@aws-sdk/client-route-53';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';

export type EmulatorName = 'moto' | 'ministack';

/** The emulator that this run of Jest talks to, as its configuration names it. */
export const emulator = Reflect.get(globalThis, 'emulator') as {
  readonly name: EmulatorName;
  readonly endpoint: string;
};

export const region = 'eu-central-1';

/** An account of its own for every world, so that none sees what another has left. */
const newAccount = (): string => String(randomInt(100_000_000_000, 999_999_999_999));

type Send = (args: { readonly request: { readonly headers: Record<string, string> } }) => unknown;

/** What all clients' stacks of middleware have in common; their types are of one service each. */
interface RequestMiddlewares {
  add(middleware: (next: Send) => Send, options: { step: 'build'; name: string }): void;
}

/** moto takes the account from a header. */
const nameAccount = (middlewares: RequestMiddlewares, account: string): void =>
  middlewares.add(
    (next) => (args) => {
      args.request.headers['x-moto-account-id'] = account;
      return next(args);
    },
    { step: 'build', name: 'nameAccount' },
  );

/** The SDK's own clients, with an account of the emulator that nobody else uses. */
export const emulatedAws = () => {
  const account = newAccount();
  const config = {
    region,
    endpoint: emulator.endpoint,
    // ministack takes an access key of twelve digits for the account.
    credentials: { accessKeyId: account, secretAccessKey: 'none' },
    maxAttempts: 1,
  };
  const clients = {
    autoScaling: new AutoScalingClient(config),
    dynamoDb: new DynamoDBClient(config),
    ec2: new EC2Client(config),
    elb: new ElasticLoadBalancingV2Client(config),
    route53: new Route53Client(config),
    sfn: new SFNClient(config),
    ssm: new SSMClient(config),
  };
  for (const { middlewareStack } of Object.values(clients)) {
    nameAccount(middlewareStack as unknown as RequestMiddlewares, account);
  }
  const end = (): void => {
    for (const client of Object.values(clients)) client.destroy();
  };
  return { ...clients, account, end };
};

export type EmulatedAws = ReturnType<typeof emulatedAws>;
