import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Route53Client } from '@aws-sdk/client-route-53';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Dispatcher } from 'undici';
import { katelloDispatcher } from '../adapters/katello/dispatcher.ts';
import { systemClock } from '../adapters/system/clock.ts';
import { steps } from '../steps/register.ts';
import { compose, type Outside } from './compose.ts';
import { readSettings } from './env.ts';
import { type Handler, handlerOf } from './handler.ts';

let agent: { readonly ca: string; readonly dispatcher: Dispatcher } | undefined;

/** Connections are kept between invocations as long as the CA stays the same. */
const agentFor = (ca: string): Dispatcher => {
  if (agent?.ca !== ca) agent = { ca, dispatcher: katelloDispatcher({ ca }) };
  return agent.dispatcher;
};

/** Clients are made once per cold start; the ports, which carry credentials, once per invocation. */
const outside: Outside = {
  settings: readSettings(process.env),
  clock: systemClock,
  autoScaling: new AutoScalingClient(),
  dynamoDb: new DynamoDBClient(),
  ec2: new EC2Client(),
  elb: new ElasticLoadBalancingV2Client(),
  route53: new Route53Client(),
  sfn: new SFNClient(),
  ssm: new SSMClient(),
  katello: agentFor,
};

const names = Object.keys(steps) as (keyof typeof steps)[];

/** One handler per step; a function's `handler` setting names the step it runs. */
export const handlers = Object.fromEntries(
  names.map((name): [string, Handler] => [
    name,
    handlerOf(
      name,
      () => compose(outside),
      (line) => console.log(JSON.stringify(line)),
    ),
  ]),
);
