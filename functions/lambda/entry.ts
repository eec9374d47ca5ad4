import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Route53Client } from '@aws-sdk/client-route-53';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Dispatcher } from 'undici';
import { katelloDispatcher } from '../adapters/katello/dispatcher.ts';
import { systemClock } from '../adapters/system/clock.ts';
import type { Ports } from '../ports/ports.ts';
import { type StepName, steps } from '../steps/register.ts';
import { compose, type Environment } from './compose.ts';
import { readSettings } from './env.ts';
import { type Handler, handlerOf } from './handler.ts';
import type { Log } from './log-outcome.ts';

let agent: { readonly ca: string; readonly dispatcher: Dispatcher } | undefined;

/** Connections are kept between invocations as long as the CA stays the same. */
const agentFor = (ca: string): Dispatcher => {
  if (agent?.ca !== ca) agent = { ca, dispatcher: katelloDispatcher({ ca }) };
  return agent.dispatcher;
};

/** Clients are made once per cold start; the ports, which carry credentials, once per invocation. */
const environment: Environment = {
  settings: readSettings(process.env),
  clock: systemClock,
  autoScaling: new AutoScalingClient(),
  dynamoDb: new DynamoDBClient(),
  ec2: new EC2Client(),
  elb: new ElasticLoadBalancingV2Client(),
  route53: new Route53Client(),
  s3: new S3Client(),
  sfn: new SFNClient(),
  ssm: new SSMClient(),
  katello: agentFor,
};

/** Not by `console`, which puts its own words before a line: so the log is JSON that can be searched. */
export const log: Log = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

export const portsOfInvocation = (): Promise<Ports> => compose(environment);

/** The handler of the one step that a function runs; each function is bundled with its own. */
export const handlerFor = (name: StepName): Handler =>
  handlerOf(name, steps[name], portsOfInvocation, log);
