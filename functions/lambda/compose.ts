import type { Dispatcher } from 'undici';
import { autoScalingGroups } from '../adapters/aws/auto-scaling-groups.ts';
import type * as clients from '../adapters/aws/clients.ts';
import { dynamoLedger } from '../adapters/aws/dynamo-ledger.ts';
import { ec2Images } from '../adapters/aws/ec2-images.ts';
import { ec2Instances } from '../adapters/aws/ec2-instances.ts';
import { ec2LaunchTemplates } from '../adapters/aws/ec2-launch-templates.ts';
import { elbBalancer } from '../adapters/aws/elb-balancer.ts';
import { route53Dns } from '../adapters/aws/route53-dns.ts';
import { s3PackageLists } from '../adapters/aws/s3-package-lists.ts';
import { ssmBoot } from '../adapters/aws/ssm-boot.ts';
import { ssmFleet } from '../adapters/aws/ssm-fleet.ts';
import { readImagesBelow, ssmImageParameters } from '../adapters/aws/ssm-image-parameters.ts';
import { ssmSecrets } from '../adapters/aws/ssm-secrets.ts';
import { stepFunctionsExecutions } from '../adapters/aws/step-functions-executions.ts';
import { katelloContent } from '../adapters/katello/content.ts';
import { httpMarker } from '../adapters/katello/marker.ts';
import { slackWebhook } from '../adapters/slack/webhook.ts';
import { resourceNames } from '../domain/resource-names.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ports } from '../ports/ports.ts';
import type { Settings } from './env.ts';

/** Everything outside the product: the SDK's clients in Lambda, the simulated world in the sandbox. */
export interface Environment {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly autoScaling: clients.AutoScalingClient;
  readonly dynamoDb: clients.DynamoDbClient;
  readonly ec2: clients.Ec2Client;
  readonly elb: clients.ElbClient;
  readonly route53: clients.Route53Client;
  readonly s3: clients.S3Client;
  readonly sfn: clients.SfnClient;
  readonly ssm: clients.SsmClient;
  /** The way to Katello and the proxies, trusting only this CA. */
  readonly katello: (caPem: string) => Dispatcher;
  readonly slack?: Dispatcher;
}

/** Longest that one command on an instance waits for cloud-init; Run Command's own limit is an hour. */
const bootWaitSeconds = 3000;

/** Reads when it is first asked, and keeps what it got: most steps need no secret at all. */
const memoize = <Value>(read: () => Promise<Value>): (() => Promise<Value>) => {
  let value: Promise<Value> | undefined;
  return () => {
    value ??= read();
    return value;
  };
};

/** Builds the ports for one invocation, so that renewed credentials and a new deployment count at once. */
export const compose = async (environment: Environment): Promise<Ports> => {
  const { settings, clock, ssm } = environment;
  const { readSecret } = ssmSecrets(ssm);
  const fleet = await ssmFleet(ssm, settings.fleet).read();
  const { url, ca, credentials, organization } = fleet.katello;
  const dispatcher = memoize(async () => environment.katello(await readSecret(ca)));
  return {
    clock,
    fleet: { read: () => Promise.resolve(fleet) },
    announcer: slackWebhook({
      address: () => readSecret(fleet.slack.webhook),
      ...(environment.slack && { dispatcher: environment.slack }),
    }),
    balancer: elbBalancer(environment.elb),
    boot: ssmBoot(ssm, { documentName: settings.bootReportDocument, waitSeconds: bootWaitSeconds }),
    content: katelloContent({
      url,
      organization,
      dispatcher,
      credentials: memoize(async () => ({
        login: await readSecret(credentials.login),
        token: await readSecret(credentials.token),
      })),
    }),
    dns: route53Dns(environment.route53),
    executions: stepFunctionsExecutions(environment.sfn),
    groups: autoScalingGroups(environment.autoScaling),
    imageParameters: ssmImageParameters(ssm),
    images: ec2Images(environment.ec2, () =>
      readImagesBelow(ssm, resourceNames.imageParameters(fleet.fleet)),
    ),
    instances: ec2Instances(environment.ec2),
    launchTemplates: ec2LaunchTemplates(environment.ec2),
    ledger: dynamoLedger(environment.dynamoDb, settings.ledgerTable, clock),
    marker: httpMarker({ dispatcher }),
    packageLists: s3PackageLists(environment.s3, settings.artifactsBucket),
  };
};
