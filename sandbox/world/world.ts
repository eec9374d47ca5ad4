import { dynamoLedger } from '../../functions/adapters/aws/dynamo-ledger.ts';
import type { ContentCounts } from '../../functions/domain/content-counts.ts';
import { type Fleet, katelloNameOf, type SmartProxy } from '../../functions/domain/fleet.ts';
import type { ProxyRecord } from '../../functions/domain/record.ts';
import {
  machineNames,
  packageListKey,
  resourceNames,
  tagNames,
} from '../../functions/domain/resource-names.ts';
import { compose, type Outside } from '../../functions/lambda/compose.ts';
import { type Handler, handlerOf } from '../../functions/lambda/handler.ts';
import type { Log } from '../../functions/lambda/log-outcome.ts';
import { type StepName, steps } from '../../functions/steps/register.ts';
import { machineArn } from '../asl/definitions.ts';
import type { BuildAnswer, Variable } from '../aws/code-build.ts';
import { type AddedProxy, SimulatedAws } from '../aws/simulated-aws.ts';
import { Edge } from '../katello/edge.ts';
import { unitsOf } from '../katello/repositories.ts';
import { SimulatedKatello } from '../katello/simulated-katello.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { Random } from '../kernel/random.ts';
import type { Faults } from '../scenario/faults.ts';
import type { Unreliable } from '../simulate/unreliable.ts';
import { someContent } from './content.ts';
import type { KatelloWay } from './katello-way.ts';
import { type BootDurations, Machines } from './machines.ts';
import type { Names } from './names.ts';
import { Neighbours } from './neighbours.ts';
import { somePackages } from './packages.ts';
import { SlackSink } from './slack.ts';

/** How long things take in this world, in virtual seconds. */
export interface WorldDurations {
  readonly bakeSeconds: number;
  readonly drainSeconds: number;
  readonly registerSeconds: number;
  readonly of: (proxy: string) => BootDurations & { readonly syncSeconds: number };
}

export interface WorldOptions {
  readonly kernel: Kernel;
  readonly faults: Faults;
  readonly fleet: Fleet;
  readonly durations: WorldDurations;
  /** Days since the serving instances were launched. */
  readonly ageDays: number;
  /** How the functions reach Katello and the proxies. */
  readonly katello: KatelloWay;
  /** Shows what becomes of a sync without `skip_metadata_check`. */
  readonly naiveSync?: boolean;
  /** What past rebuilds have taught the controller about a proxy. */
  readonly past: (proxy: SmartProxy) => Pick<ProxyRecord, 'durationsSeconds'> | null;
  /** Whether the same Katello has proxies of another fleet. */
  readonly hasNeighbours?: boolean;
  readonly log?: Log;
  readonly unreliable?: Unreliable;
}

export const place = { partition: 'aws', region: 'eu-central-1', account: '123456789012' } as const;
export const ledgerTable = 'smart-proxy-rebuilder';
const artifactsBucket = 'smart-proxy-artifacts';
export const bakeProject = 'smart-proxy-bake';

/** Values of the secrets of the world; none may occur anywhere else. */
export const secrets = {
  login: 'svc-rebuilder',
  token: 'pat-4be7c1d29f0a4c8e-secret',
  webhook: 'https://hooks.slack.com/services/T000/B000/slack-secret-9d41',
} as const;

const cycleMs = 21 * 86_400_000;

/** How long ago a resolver may have asked that holds on to its answers. */
const staleSeconds = 600;
const clockStepSeconds = 420;

const grown = (counts: Readonly<Record<string, number>>): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(counts).map(([unit, count]) => [unit, count + Math.ceil(count / 20)]),
  );

/** AWS, Katello, Slack and the proxies of one fleet, simulated, with the product's own adapters on top. */
export class World {
  readonly fleet: Fleet;
  readonly aws: SimulatedAws;
  readonly katello: SimulatedKatello;
  readonly machines: Machines;
  readonly slack: SlackSink;
  readonly outside: Outside;
  readonly proxies: ReadonlyMap<string, AddedProxy>;
  /** What each proxy has to serve. */
  readonly content: Map<string, ContentCounts>;
  /** The image that every proxy serves from at the start. */
  readonly currentImage: string;
  readonly #unreliable: Unreliable | undefined;
  readonly #random: Random;
  readonly #neighbours: Neighbours | null;
  readonly #kernel: Kernel;
  readonly #faults: Faults;

  constructor(options: WorldOptions) {
    const { kernel, faults, fleet, durations } = options;
    this.fleet = fleet;
    this.#kernel = kernel;
    this.#faults = faults;
    // Of its own, so that what a list holds changes nothing else of a run.
    this.#random = new Random(kernel.startedAt);
    this.machines = new Machines(kernel, faults, durations.of);
    this.slack = new SlackSink(kernel, faults);
    this.aws = new SimulatedAws({ kernel, faults, machines: this.machines, durations, ...place });
    this.content = new Map(fleet.proxies.map(({ name }) => [name, someContent(kernel.random)]));
    const launchedAt = kernel.now() - options.ageDays * 86_400_000;
    this.currentImage = this.#addFleet(launchedAt, options.katello.caPem);
    this.proxies = new Map(
      fleet.proxies.map((proxy) => [proxy.name, this.#addProxy(proxy, launchedAt)]),
    );
    this.#neighbours = options.hasNeighbours === true ? new Neighbours(kernel) : null;
    this.katello = this.#makeKatello(options);
    this.#neighbours?.begin(this.katello);
    const { running } = this.aws;
    const edge = new Edge(this.katello, { naiveSync: options.naiveSync ?? false, running });
    const { unreliable } = options;
    const outside = this.#outside(options.katello.bind(unreliable?.edge(edge) ?? edge));
    this.outside = unreliable?.outside(outside) ?? outside;
    this.#unreliable = unreliable;
  }

  /** Puts into the ledger what past rebuilds have taught. */
  async remember(past: WorldOptions['past']): Promise<void> {
    const ledger = dynamoLedger(this.aws.dynamoDb, ledgerTable, this.outside.clock);
    for (const proxy of this.fleet.proxies) {
      const known = past(proxy);
      const contentCounts = this.content.get(proxy.name) ?? null;
      if (known !== null)
        await ledger.update(proxy.name, (record) => ({ ...record, ...known, contentCounts }));
    }
  }

  /** A version with more in it is published of the largest content view of a proxy; returns whether it could. */
  publish(proxy: string): boolean {
    const capsule = this.katello.capsuleOf(proxy);
    const [largest] = Object.entries(capsule?.content() ?? {}).toSorted(
      ([, one], [, other]) => unitsOf(other) - unitsOf(one),
    );
    if (capsule === undefined || largest === undefined) return false;
    for (const machine of this.machines.all())
      if (machine.proxy === proxy) this.katello.pulps.remember(machine, capsule);
    const [key, counts] = largest;
    this.katello.publish(capsule.description.id, key, grown(counts));
    return true;
  }

  /** The bake, which leaves its list of packages beside the image. */
  async bake(project: string, environment: readonly Variable[]): Promise<BuildAnswer> {
    const answer = await this.aws.codeBuild.bake(project, environment);
    for (const { Value } of answer.Build.ExportedEnvironmentVariables) this.#listPackages(Value);
    return answer;
  }

  #listPackages(imageId: string): void {
    this.aws.buckets.put(artifactsBucket, packageListKey(imageId), somePackages(this.#random));
  }

  /** The very handlers that Lambda runs. */
  handlers(log: Log = () => undefined): Readonly<Record<StepName, Handler>> {
    const names = Object.keys(steps) as StepName[];
    const made = names.map((name) => [name, handlerOf(name, () => compose(this.outside), log)]);
    const handlers = Object.fromEntries(made) as Record<StepName, Handler>;
    return this.#unreliable?.handlers(handlers) ?? handlers;
  }

  /** Where a new connection to a name ends at this moment. */
  readonly names: Names = {
    connect: (hostName) => {
      const served = this.fleet.proxies.find(({ serviceName }) => serviceName === hostName);
      if (served !== undefined) return this.aws.balancers.connect(served.name);
      const address = this.#resolve(hostName);
      const neighbour = address === null ? this.#neighbours?.connect(hostName) : undefined;
      if (neighbour !== undefined) return neighbour;
      return address === null ? null : (this.machines.byIp(address) ?? null);
    },
  };

  /** As Katello's resolver answers, which may have asked long ago. */
  #resolve(hostName: string): string | null {
    const { zones } = this.aws;
    const now = zones.resolve(hostName, { cachedForSeconds: 0 });
    const before = zones.resolve(hostName, { cachedForSeconds: staleSeconds });
    if (now === before) return now;
    const proxy = this.fleet.proxies.find(({ controlName }) => controlName === hostName)?.name;
    return this.#faults.holds('dns-cached', { proxy }) ? before : now;
  }

  #addFleet(launchedAt: number, caPem: string): string {
    const { fleet, aws } = this;
    const { image, katello, slack } = fleet;
    aws.addTable(ledgerTable);
    const tags = {
      [tagNames.fleet]: fleet.fleet,
      [tagNames.katelloVersion]: image.katelloVersion,
      [tagNames.sourceImage]: 'ami-0ba5e00000000000',
    };
    const currentImage = aws.images.add({
      createdAt: launchedAt,
      tags: { ...tags, [tagNames.imageState]: 'current' },
    });
    for (let age = 1; age <= image.retention; age += 1)
      aws.images.add({
        id: `ami-0f000000000000${100 + age}`,
        snapshotId: `snap-0f000000000000${100 + age}`,
        createdAt: launchedAt - age * cycleMs,
        tags: { ...tags, [tagNames.imageState]: 'previous' },
      });
    aws.addFleet(fleet, currentImage);
    for (const name of machineNames)
      aws.parameters.put(
        resourceNames.stateMachineParameter(fleet.fleet, name),
        machineArn(place, name),
      );
    aws.parameters.put(resourceNames.ledgerTableParameter(fleet.fleet), ledgerTable);
    if ('parameter' in image.base) aws.parameters.put(image.base.parameter, 'ami-0ba5e0000000000b');
    aws.parameters.put(katello.ca, caPem, 'String');
    aws.parameters.put(katello.credentials.login, secrets.login, 'SecureString');
    aws.parameters.put(katello.credentials.token, secrets.token, 'SecureString');
    aws.parameters.put(slack.webhook, secrets.webhook, 'SecureString');
    aws.codeBuild.addProject(bakeProject, (environment) => ({
      [tagNames.fleet]: environment['FLEET'] ?? '',
      [tagNames.imageState]: 'candidate',
      [tagNames.katelloVersion]: environment['KATELLO_VERSION'] ?? '',
      [tagNames.sourceImage]: environment['BASE_IMAGE'] ?? '',
    }));
    this.#listPackages(currentImage);
    return currentImage;
  }

  #addProxy(proxy: SmartProxy, launchedAt: number): AddedProxy {
    const store = this.content.get(proxy.name) ?? {};
    return this.aws.addProxy(this.fleet, proxy, {
      imageId: this.currentImage,
      launchedAt,
      store,
      hook: { heartbeatSeconds: 7200 },
    });
  }

  #makeKatello({ kernel, faults, durations }: WorldOptions): SimulatedKatello {
    const { katello, image, proxies } = this.fleet;
    return new SimulatedKatello({
      kernel,
      faults,
      names: this.names,
      host: new URL(katello.url).hostname,
      version: `${image.katelloVersion}.0`,
      organization: katello.organization,
      credentials: { login: secrets.login, token: secrets.token },
      syncSeconds: (proxy) => durations.of(proxy).syncSeconds,
      capsules: [
        ...proxies.map((proxy, index) => ({
          id: index + 2,
          name: katelloNameOf(proxy),
          url: `https://${proxy.serviceName}:9090`,
          proxy: proxy.name,
          content: this.content.get(proxy.name) ?? {},
          features: ['Pulpcore', 'Registration', 'Templates', 'Logs'],
        })),
        ...(this.#neighbours?.descriptions ?? []),
      ],
    });
  }

  #clockOfFunctions(): Date {
    const aheadSeconds = this.#faults.holds('clock-steps') ? clockStepSeconds : 0;
    return new Date(this.#kernel.now() + aheadSeconds * 1000);
  }

  #outside(katello: Outside['katello']): Outside {
    const { aws } = this;
    return {
      settings: {
        fleet: this.fleet.fleet,
        ledgerTable,
        bootReportDocument: 'smart-proxy-boot-report',
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
