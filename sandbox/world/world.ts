import { dynamoLedger } from '../../functions/adapters/aws/dynamo-ledger.ts';
import { cachedSecrets } from '../../functions/adapters/aws/ssm-secrets.ts';
import type { ContentCounts } from '../../functions/domain/content-counts.ts';
import { contentReportSchema } from '../../functions/domain/content-report.ts';
import {
  type Fleet,
  katelloFqdnOf,
  katelloNameOf,
  type SmartProxy,
} from '../../functions/domain/fleet.ts';
import { knownGateway } from '../../functions/domain/gateway.ts';
import type { KnownContent } from '../../functions/domain/known-content.ts';
import { provenBy } from '../../functions/domain/proven-content.ts';
import type { ProxyRecord } from '../../functions/domain/record.ts';
import { packageListKey } from '../../functions/domain/resource-names.ts';
import { compose } from '../../functions/lambda/compose.ts';
import type { Environment } from '../../functions/lambda/environment.ts';
import { type Handler, handlerOf } from '../../functions/lambda/handler.ts';
import type { Log } from '../../functions/lambda/log-outcome.ts';
import * as everyPort from '../../functions/lambda/ports.ts';
import { type StepName, steps } from '../../functions/steps/register.ts';
import type { Build, Variable } from '../aws/code-build.ts';
import { reportOf } from '../aws/content-report.ts';
import { artifactsBucket } from '../aws/s3.ts';
import { type DeployedProxy, SimulatedAws } from '../aws/simulated-aws.ts';
import type { Faults } from '../faults/fault.ts';
import type { Capsule, CapsuleDescription } from '../katello/capsule.ts';
import { Edge } from '../katello/edge.ts';
import type { Job } from '../katello/jobs.ts';
import {
  byRepository,
  filesByRepository,
  type ProxyPolicy,
  unitsOf,
} from '../katello/repositories.ts';
import { SimulatedKatello } from '../katello/simulated-katello.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { Random } from '../kernel/random.ts';
import { type BootDurations, Machines } from '../machines/machines.ts';
import type { Names } from '../machines/names.ts';
import type { Paths } from '../network/paths.ts';
import { someContent } from './content.ts';
import {
  addDeployedFleet,
  addOutlivedImage,
  bootReportDocument,
  contentReportDocument,
  ledgerTable,
  place,
  secrets,
} from './deployed-fleet.ts';
import { addDeployedRoles } from './deployed-roles.ts';
import type { KatelloTransport } from './katello-transport.ts';
import type { LossyNetwork } from './lossy-network.ts';
import { Neighbours } from './neighbours.ts';
import { Packages } from './packages.ts';
import { ServiceToken } from './service-token.ts';
import { SlackSink } from './slack.ts';
import { WorldNames } from './world-names.ts';

/** How long things take in this world, in virtual seconds. */
export interface WorldDurations {
  readonly bakeSeconds: number;
  readonly drainSeconds: number;
  readonly registerSeconds: number;
  readonly of: (proxy: string) => BootDurations & { readonly syncSeconds: number };
}

/** The instance that serves a proxy when a run starts. */
export interface Incumbent {
  /** Days since it was launched. */
  readonly ageDays: number;
  /** Days since a rebuild verified its content; `null`: none has. */
  readonly verifiedDaysAgo: number | null;
}

/** How much Katello has to do with the proxies. */
export interface Site {
  /** Of each proxy. */
  readonly repositories: number;
  /** For how many days it has kept the tasks of past syncs. */
  readonly taskDays: number;
}

export interface WorldOptions {
  readonly kernel: Kernel;
  readonly faults: Faults;
  readonly fleet: Fleet;
  readonly durations: WorldDurations;
  /** What decides which connections are made. */
  readonly paths: Paths;
  readonly incumbent: (proxy: string) => Incumbent;
  /** How the functions reach Katello and the proxies. */
  readonly katello: KatelloTransport;
  /** Shows what becomes of a sync without `skip_metadata_check`. */
  readonly naiveSync?: boolean;
  /** What past rebuilds have taught the controller about a proxy. */
  readonly past: (proxy: SmartProxy) => Pick<ProxyRecord, 'durationsSeconds'> | null;
  /** Whether the same Katello has proxies of another fleet. */
  readonly hasNeighbours?: boolean;
  readonly site?: Site;
  /** Proxies that earlier rebuilds have passed by: they serve from an image older than retention keeps. */
  readonly outdated?: readonly string[];
  /** Proxies that were just deployed: they have no instance yet. */
  readonly unlaunched?: readonly string[];
  /** Of each proxy's record in Katello; without it, Katello's default. */
  readonly downloadPolicy?: (proxy: string) => ProxyPolicy;
  /** Between the functions and everything outside. */
  readonly network: LossyNetwork;
}

const clockStepSeconds = 420;

const daysBefore = (at: number, days: number): number => at - days * 86_400_000;

const grown = (counts: Readonly<Record<string, number>>): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(counts).map(([unit, count]) => [unit, count + Math.ceil(count / 20)]),
  );

/** AWS, Katello, Slack and the proxies of one fleet, simulated, with the product's own adapters on top. */
export class SimulatedWorld {
  readonly fleet: Fleet;
  readonly aws: SimulatedAws;
  readonly katello: SimulatedKatello;
  readonly serviceToken: ServiceToken;
  readonly machines: Machines;
  readonly slack: SlackSink;
  readonly names: Names;
  readonly paths: Paths;
  readonly environment: Environment;
  readonly proxies: ReadonlyMap<string, DeployedProxy>;
  /** What each proxy has to serve, by repository. */
  readonly content: Map<string, ContentCounts>;
  /** The same at the start, by content view. */
  readonly #views: ReadonlyMap<string, ContentCounts>;
  /** The image that the fleet's proxies serve from at the start, unless they are outdated. */
  readonly currentImage: string;
  readonly #network: LossyNetwork;
  readonly #policyOf: (proxy: string) => ProxyPolicy;
  readonly #packages: Packages;
  readonly #kernel: Kernel;
  readonly #faults: Faults;

  constructor(options: WorldOptions) {
    const { kernel, faults, fleet, durations, paths } = options;
    this.fleet = fleet;
    this.paths = paths;
    this.#kernel = kernel;
    this.#policyOf = options.downloadPolicy ?? (() => 'on_demand');
    this.#faults = faults;
    // Of its own, so that what a list holds changes nothing else of a run.
    this.#packages = new Packages(new Random(kernel.startedAt));
    this.machines = new Machines(kernel, faults, durations.of, paths);
    this.slack = new SlackSink(kernel, faults);
    const { machines } = this;
    this.aws = new SimulatedAws({ kernel, faults, machines, paths, durations, ...place });
    const repositories = options.site?.repositories;
    this.#views = new Map(
      fleet.proxies.map(({ name }) => [name, someContent(kernel.random, repositories)]),
    );
    this.content = new Map([...this.#views].map(([name, views]) => [name, byRepository(views)]));
    const oldestDays = Math.max(
      ...fleet.proxies.map(({ name }) => options.incumbent(name).ageDays),
    );
    const bakedAt = daysBefore(kernel.now(), oldestDays);
    this.currentImage = addDeployedFleet(this.aws, fleet, bakedAt, options.katello.caPem);
    addDeployedRoles(this.aws.iam, fleet);
    this.#listPackages(this.currentImage);
    this.proxies = this.#addProxies(options, bakedAt);
    const neighbours = options.hasNeighbours === true ? new Neighbours(kernel) : null;
    const { aws } = this;
    this.names = new WorldNames({ kernel, fleet, aws, machines, paths, faults, neighbours });
    this.katello = this.#makeKatello(options, neighbours?.descriptions ?? []);
    const { token } = fleet.katello.credentials;
    this.serviceToken = new ServiceToken(aws.parameters, token, this.katello.login);
    neighbours?.begin(this.katello);
    const { running } = this.aws;
    const edge = new Edge(this.katello, { naiveSync: options.naiveSync ?? false, running });
    this.#network = options.network;
    const katello = options.katello.bind(this.#network.edge(edge));
    this.environment = this.#network.environment(this.#environment(katello), this.aws.iam);
  }

  /** Puts into the ledger what past rebuilds have taught. */
  async remember({ past, incumbent }: Pick<WorldOptions, 'past' | 'incumbent'>): Promise<void> {
    const ledger = dynamoLedger(this.aws.dynamoDb, ledgerTable, this.environment.clock);
    for (const proxy of this.fleet.proxies) {
      const known = past(proxy);
      const { verifiedDaysAgo } = incumbent(proxy.name);
      const rebuilt = this.#lastRebuildOf(proxy.name, verifiedDaysAgo);
      if (known === null) continue;
      const content = this.#contentOf(proxy.name);
      const proven = provenBy(content?.instance ?? {});
      const lastRebuild = rebuilt && { ...rebuilt, proven };
      await ledger.update(proxy.name, (record) => ({ ...record, ...known, lastRebuild }));
      if (content !== null) await ledger.writeContent(proxy.name, 'verified', content);
    }
  }

  /** Of the instance that serves at the start. */
  #contentOf(proxy: string): KnownContent | null {
    const machine = this.machines.get(this.proxies.get(proxy)?.instanceId ?? '');
    if (machine === undefined) return null;
    const katello = this.katello.capsuleOf(proxy)?.countedById() ?? null;
    const report = contentReportSchema.parse(reportOf(machine, this.#kernel.now()));
    const { repositories: instance, gateway } = report;
    const owner = 'an earlier execution';
    return { owner, isFresh: true, katello, instance, gateway: knownGateway(gateway) };
  }

  /** The one that has brought up what serves at the start. */
  #lastRebuildOf(proxy: string, verifiedDaysAgo: number | null): ProxyRecord['lastRebuild'] {
    const added = this.proxies.get(proxy);
    const instance = this.aws.instances.get(added?.instanceId ?? '');
    if (instance === undefined || verifiedDaysAgo === null) return null;
    const { id: instanceId, imageId } = instance;
    const at = new Date(daysBefore(this.#kernel.startedAt, verifiedDaysAgo)).toISOString();
    const expiresAt = this.machines.get(instanceId)?.certificateExpiresAt ?? null;
    const certificateExpiresAt = expiresAt === null ? null : new Date(expiresAt).toISOString();
    return { at, imageId, instanceId, certificateExpiresAt };
  }

  /** A version with more in it is published of the largest content view of a proxy; returns whether it could. */
  publish(proxy: string): boolean {
    const capsule = this.katello.capsuleOf(proxy);
    const [largest] = Object.entries(capsule?.viewCounts() ?? {}).toSorted(
      ([, one], [, other]) => unitsOf(other) - unitsOf(one),
    );
    if (capsule === undefined || largest === undefined) return false;
    const [key, counts] = largest;
    this.katello.publish(capsule.description.id, key, grown(counts));
    return true;
  }

  /** A job on some hosts, through a proxy that has a feature for it. */
  startJobs(capsule: Capsule): readonly Job[] {
    const { proxy: name } = capsule.description;
    const features = this.fleet.proxies.find((proxy) => proxy.name === name)?.features ?? [];
    const runsJobs = features.includes('script') || features.includes('ansible');
    return runsJobs ? this.katello.jobs.start(capsule) : [];
  }

  /** The bake, which leaves its list of packages beside the image. */
  async bake(project: string, environment: readonly Variable[]): Promise<Build> {
    const build = await this.aws.codeBuild.bake(project, environment);
    for (const { value } of build.exportedEnvironmentVariables) this.#listPackages(value);
    return build;
  }

  #listPackages(imageId: string): void {
    this.aws.buckets.put(artifactsBucket, packageListKey(imageId), this.#packages.listNow());
  }

  /** The very handlers that Lambda runs. */
  handlers(log: Log = () => undefined): Readonly<Record<StepName, Handler>> {
    const names = Object.keys(steps) as StepName[];
    const made = names.map((name) => {
      const ports = this.#portsOfFunction();
      const handler = handlerOf(name, steps[name], ports, log);
      const called: Handler = (event, context) =>
        this.aws.iam.as(name, () => handler(event, context));
      return [name, called];
    });
    return this.#network.handlers(Object.fromEntries(made) as Record<StepName, Handler>);
  }

  /** Each function keeps secrets of its own. */
  #portsOfFunction() {
    const secrets = cachedSecrets(this.environment.ssm, this.environment.clock);
    const environment = { ...this.environment, secrets };
    return (proxy: string | null) => compose(everyPort, environment, proxy);
  }

  #addProxies(
    { outdated = [], unlaunched = [], incumbent }: WorldOptions,
    bakedAt: number,
  ): SimulatedWorld['proxies'] {
    const { aws, fleet, currentImage } = this;
    const launchedAt = (name: string) =>
      daysBefore(this.#kernel.startedAt, incumbent(name).ageDays);
    const old = outdated.length > 0 ? addOutlivedImage(aws, fleet, bakedAt) : currentImage;
    const imageOf = (name: string): string => (outdated.includes(name) ? old : currentImage);
    return new Map(
      fleet.proxies.map((proxy) => [
        proxy.name,
        unlaunched.includes(proxy.name)
          ? aws.deployProxy(fleet, proxy, { imageId: currentImage })
          : this.#addProxy(proxy, imageOf(proxy.name), launchedAt(proxy.name)),
      ]),
    );
  }

  #addProxy(proxy: SmartProxy, imageId: string, launchedAt: number): DeployedProxy {
    const store = this.content.get(proxy.name) ?? {};
    const views = this.#views.get(proxy.name) ?? {};
    const files = filesByRepository(views, this.#policyOf(proxy.name));
    return this.aws.addProxy(this.fleet, proxy, { imageId, launchedAt, store, files });
  }

  #makeKatello(
    { kernel, faults, durations, site }: WorldOptions,
    neighbours: readonly CapsuleDescription[],
  ): SimulatedKatello {
    const { katello, image, proxies } = this.fleet;
    return new SimulatedKatello({
      kernel,
      faults,
      names: this.names,
      host: new URL(katello.url).hostname,
      fqdn: katelloFqdnOf(katello),
      version: `${image.katelloVersion}.0`,
      organization: katello.organization,
      credentials: { login: secrets.login, token: secrets.token },
      syncSeconds: (proxy) => durations.of(proxy).syncSeconds,
      taskDays: site?.taskDays ?? 0,
      capsules: [
        ...proxies.map((proxy, index) => ({
          id: index + 2,
          name: katelloNameOf(proxy),
          url: `https://${proxy.serviceName}:9090`,
          proxy: proxy.name,
          content: this.#views.get(proxy.name) ?? {},
          features: ['Pulpcore', 'Registration', 'Templates', 'Logs'],
          downloadPolicy: this.#policyOf(proxy.name),
        })),
        ...neighbours,
      ],
    });
  }

  #clockOfFunctions(): Date {
    const aheadSeconds = this.#faults.holds('clock-steps') ? clockStepSeconds : 0;
    return new Date(this.#kernel.now() + aheadSeconds * 1000);
  }

  #environment(katello: Environment['katello']): Environment {
    const { aws } = this;
    return {
      settings: {
        fleet: this.fleet.fleet,
        ledgerTable,
        bootReportDocument,
        contentReportDocument,
        artifactsBucket,
      },
      clock: { now: () => this.#clockOfFunctions() },
      autoScaling: aws.autoScaling,
      dynamoDb: aws.dynamoDb,
      ec2: aws.ec2,
      elb: aws.elb,
      route53: aws.route53,
      s3: aws.s3,
      sfn: aws.sfn,
      ssm: aws.ssm,
      katello,
      slack: this.slack,
    };
  }
}
