import { autoScalingGroups } from '../adapters/aws/auto-scaling-groups.ts';
import { dynamoLedger } from '../adapters/aws/dynamo-ledger.ts';
import { ec2Images } from '../adapters/aws/ec2-images.ts';
import { ec2Instances } from '../adapters/aws/ec2-instances.ts';
import { ec2LaunchTemplates } from '../adapters/aws/ec2-launch-templates.ts';
import { elbBalancer } from '../adapters/aws/elb-balancer.ts';
import { route53Dns } from '../adapters/aws/route53-dns.ts';
import { s3PackageLists } from '../adapters/aws/s3-package-lists.ts';
import { ssmBoot } from '../adapters/aws/ssm-boot.ts';
import { ssmContentReports } from '../adapters/aws/ssm-content-reports.ts';
import { readImagesBelow, ssmImageParameters } from '../adapters/aws/ssm-image-parameters.ts';
import { readSecret } from '../adapters/aws/ssm-secrets.ts';
import { stepFunctionsExecutions } from '../adapters/aws/step-functions-executions.ts';
import { assertUsableBundle } from '../adapters/katello/ca-bundle.ts';
import type { KatelloTimeouts } from '../adapters/katello/client.ts';
import { katelloContent } from '../adapters/katello/content.ts';
import { httpMarker } from '../adapters/katello/marker.ts';
import { slackWebhook } from '../adapters/slack/webhook.ts';
import { katelloFqdnOf } from '../domain/fleet.ts';
import { resourceNames } from '../domain/resource-names.ts';
import { autoScaling, dynamoDb, ec2, elb, katello, route53, s3, sfn, ssm } from './clients.ts';
import type { ClientFactories, Invocation, Wire } from './compose.ts';
import type { Clients } from './environment.ts';

/** Longest that one command on an instance waits for cloud-init; Run Command's own limit is an hour. */
const bootWaitSeconds = 3000;

/** What a port is made of that names these clients. */
type Given<Name extends keyof Clients> = Omit<Invocation, Exclude<keyof Clients, Name>>;

/** The annotation lets the bundler drop every port that a function does not import. */
/* @__NO_SIDE_EFFECTS__ */
const wire = <Name extends keyof Clients, Port>(
  clients: Pick<ClientFactories, Name>,
  port: (given: Given<Name>) => Port,
): Wire<Port> => ({ clients, port });

/** The way to Katello and the proxies, trusting the CAs that signed for them. */
const trusting = (
  { clock, fleet, katello, secrets }: Given<'katello'>,
  names: readonly string[],
) => {
  const read = secrets.among(names);
  const parameter = fleet.katello.ca;
  return async () => {
    const ca = await read(parameter);
    assertUsableBundle(ca, { parameter, now: clock.now() });
    return katello(ca);
  };
};

/** Katello's credentials and its CA, which are read together. */
const accessTo = (given: Given<'katello'>) => {
  const { ca, credentials } = given.fleet.katello;
  const names = [ca, credentials.login, credentials.token];
  const read = given.secrets.among(names);
  return {
    dispatcher: trusting(given, names),
    credentials: async () => ({
      login: await read(credentials.login),
      token: await read(credentials.token),
    }),
    forgetSecrets: given.secrets.forget,
  };
};

const timeoutsOf = ({
  katello: { timeouts },
}: Given<never>['fleet']): Partial<KatelloTimeouts> => ({
  readMs: timeouts.readSeconds * 1000,
  searchMs: timeouts.searchSeconds * 1000,
  statusMs: timeouts.statusSeconds * 1000,
  planMs: timeouts.planSeconds * 1000,
});

/*
 * Every port by its name. The entry of a function imports the ports that its step needs; no other client gets
 * into its bundle.
 */
export const announcer = wire({ ssm }, ({ fleet, slack, ssm: client }) =>
  slackWebhook({
    address: () => readSecret(client, fleet.slack.webhook),
    ...(slack && { dispatcher: slack }),
  }),
);
export const balancer = wire({ elb }, (given) => elbBalancer(given.elb));
export const boot = wire({ ssm }, (given) =>
  ssmBoot(given.ssm, {
    documentName: given.settings.bootReportDocument,
    waitSeconds: bootWaitSeconds,
  }),
);
export const content = wire({ katello }, (given) =>
  katelloContent({
    url: given.fleet.katello.url,
    fqdn: katelloFqdnOf(given.fleet.katello),
    organization: given.fleet.katello.organization,
    timeouts: timeoutsOf(given.fleet),
    ...accessTo(given),
  }),
);
export const contentReports = wire({ s3, ssm }, (given) =>
  ssmContentReports(given, {
    documentName: given.settings.contentReportDocument,
    bucket: given.settings.artifactsBucket,
  }),
);
export const dns = wire({ route53 }, (given) => route53Dns(given.route53));
export const executions = wire({ sfn }, (given) => stepFunctionsExecutions(given.sfn));
export const groups = wire({ autoScaling }, (given) => autoScalingGroups(given.autoScaling));
export const imageParameters = wire({ ssm }, (given) => ssmImageParameters(given.ssm));
export const images = wire({ ec2, ssm }, (given) =>
  ec2Images(given.ec2, () =>
    readImagesBelow(given.ssm, resourceNames.imageParameters(given.fleet.fleet)),
  ),
);
export const instances = wire({ ec2 }, (given) => ec2Instances(given.ec2));
export const launchTemplates = wire({ ec2 }, (given) => ec2LaunchTemplates(given.ec2));
export const ledger = wire({ dynamoDb }, (given) =>
  dynamoLedger(given.dynamoDb, given.settings.ledgerTable, given.clock),
);
export const marker = wire({ katello }, (given) =>
  httpMarker({
    dispatcher: trusting(given, [given.fleet.katello.ca]),
    forgetSecrets: given.secrets.forget,
  }),
);
export const packageLists = wire({ s3 }, (given) =>
  s3PackageLists(given.s3, given.settings.artifactsBucket),
);
