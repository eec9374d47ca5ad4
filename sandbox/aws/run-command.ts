import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { FirstToExpire } from '../../functions/domain/certificates.ts';
import { contentReportPrefix } from '../../functions/domain/resource-names.ts';
import type { Timer } from '../kernel/kernel.ts';
import { Random } from '../kernel/random.ts';
import { imagesIn, replaceList } from '../machines/gateway.ts';
import type { Machine } from '../machines/machines.ts';
import type { AwsContext } from './aws-context.ts';
import { AwsError } from './aws-error.ts';
import { reportOf as contentReportOf } from './content-report.ts';
import { artifactsBucket, type Buckets } from './s3.ts';

/** Names of the documents that a deployment makes. */
export const documentNames = {
  bootReport: 'smart-proxy-boot-report',
  contentReport: 'smart-proxy-content-report',
} as const;

/** Run Command returns this much of what a command printed: `StandardOutputContent` of GetCommandInvocation. */
const outputMax = 24_000;

type Parameters = Readonly<Record<string, readonly string[]>>;

export interface Invocation {
  readonly commandId: string;
  readonly instanceId: string;
  readonly documentName: string;
  readonly requestedAt: number;
  readonly parameters: Parameters;
  status: 'InProgress' | 'Success' | 'Failed' | 'TimedOut';
  output: string;
  timer: Timer | null;
}

/** The step at which a boot failed, and why. */
const failedBoots = {
  expired: { reason: 'a certificate in certs.tar has expired', logTail: '' },
  nameless: {
    reason: 'the certificate in certs.tar is not for every name of the proxy',
    logTail: '',
  },
  installer: {
    reason: 'foreman-installer ended with exit code 6',
    logTail: 'Could not start Service[foreman-proxy]\nThere were errors detected during install',
  },
} as const;

const failedBootOf = ({ failedAt, certificateCoversClients }: Machine) => {
  if (failedAt !== 'certs') return failedBoots.installer;
  return certificateCoversClients === false ? failedBoots.nameless : failedBoots.expired;
};

/** The name that clients use is the proxy's here: a machine does not know the fleet, and only the number counts. */
const missingNamesOf = ({ proxy, certificateCoversClients }: Machine): readonly string[] | null => {
  if (certificateCoversClients === null) return null;
  return certificateCoversClients ? [] : [proxy];
};

/** Of the certificates on a machine the one that expires first: one for its services, as the CA's lives longer. */
const certificateOf = ({ proxy, certificateExpiresAt: at }: Machine): FirstToExpire | null =>
  at === null
    ? null
    : {
        file: `ssl-build/${proxy}/${proxy}-apache.crt`,
        subject: `CN=${proxy}`,
        expiresAt: new Date(at).toISOString(),
      };

/** What the boot document prints of a machine; one line of JSON. */
const bootReportOf = (machine: Machine, now: number): string => {
  const { phase, failedAt } = machine;
  const certificate = certificateOf(machine);
  const updatedAt = new Date(now).toISOString();
  const boot = (status: string, step: string, reason: string | null = null) => ({
    status,
    step,
    reason,
    updatedAt,
  });
  if (phase === 'provisioned') {
    const done = boot('done', 'ready');
    return JSON.stringify({ cloudInit: 'done', boot: done, certificate, logTail: '' });
  }
  if (failedAt !== null) {
    const { reason, logTail } = failedBootOf(machine);
    const missingNames = missingNamesOf(machine);
    const failed = boot('failed', failedAt, reason);
    return JSON.stringify({ cloudInit: 'error', boot: failed, certificate, missingNames, logTail });
  }
  const running = boot('running', 'installer');
  return JSON.stringify({ cloudInit: 'running', boot: running, certificate, logTail: '' });
};

/** As in infra/shared/content-report/gateway_list.py: the list is only replaced when something is missing in it. */
const completeGateway = (machine: Machine, names: string): void => {
  const { repositories } = machine.gateway;
  const missing = imagesIn(machine.store).filter((name) => repositories[name] === undefined);
  if (missing.length === 0) return;
  const open: readonly string[] = JSON.parse(
    gunzipSync(Buffer.from(names, 'base64')).toString('utf8'),
  );
  const added = Object.fromEntries(missing.map((name) => [name, !open.includes(name)]));
  machine.gateway = replaceList(machine.gateway, { ...repositories, ...added });
};

const isSettled = ({ phase }: Machine): boolean => phase === 'provisioned' || phase === 'failed';

/** A report reads the database of Pulp: seconds, however much there is. */
const reportSeconds = 6;

/**
 * Commands on instances. The boot report waits for the end of the first boot, but no longer than its parameter says;
 * the content report takes seconds.
 */
export class RunCommand {
  readonly #invocations = new Map<string, Invocation[]>();
  readonly #context: AwsContext;
  readonly #buckets: Buckets;
  /** Of its own, so that the number of commands changes nothing else of a run. */
  readonly #ids: Random;

  constructor(context: AwsContext, buckets: Buckets) {
    this.#context = context;
    this.#buckets = buckets;
    this.#ids = new Random(context.kernel.startedAt);
  }

  /** The agent answers while the machine lives and has booted. */
  isOnline(instanceId: string): boolean {
    const machine = this.#context.machines.get(instanceId);
    return machine?.alive === true && machine.phase !== 'booting';
  }

  send(instanceId: string, documentName: string, parameters: Parameters): Invocation {
    if (!this.isOnline(instanceId)) {
      throw new AwsError('InvalidInstanceId', 'Instances not in a valid state for account');
    }
    const { kernel } = this.#context;
    const invocation: Invocation = {
      commandId: this.#ids.uuid(),
      instanceId,
      documentName,
      requestedAt: kernel.now(),
      parameters,
      status: 'InProgress',
      output: '',
      timer: null,
    };
    const waitSeconds = Number(parameters['waitSeconds']?.[0] ?? reportSeconds);
    invocation.timer = kernel.after(waitSeconds, () => this.#end(invocation));
    this.#invocations.set(instanceId, [invocation, ...this.#of(instanceId)]);
    return invocation;
  }

  /** Newest first. */
  list(instanceId: string): readonly Invocation[] {
    for (const invocation of this.#of(instanceId)) this.#settle(invocation);
    return this.#of(instanceId);
  }

  get(commandId: string, instanceId: string): Invocation {
    const invocation = this.list(instanceId).find((one) => one.commandId === commandId);
    if (invocation !== undefined) return invocation;
    throw new AwsError('InvocationDoesNotExist', '');
  }

  #of(instanceId: string): Invocation[] {
    return this.#invocations.get(instanceId) ?? [];
  }

  /** The command ends early when the boot has ended; this is noticed when its status is read. */
  #settle(invocation: Invocation): void {
    const machine = this.#context.machines.get(invocation.instanceId);
    const isBoot = invocation.documentName !== documentNames.contentReport;
    if (isBoot && invocation.status === 'InProgress' && machine?.alive && isSettled(machine)) {
      this.#end(invocation);
    }
  }

  #end(invocation: Invocation): void {
    if (invocation.status !== 'InProgress') return;
    invocation.timer?.cancel();
    const machine = this.#context.machines.get(invocation.instanceId);
    if (machine?.alive !== true) invocation.status = 'TimedOut';
    else if (invocation.documentName === documentNames.contentReport)
      this.#reportContent(invocation, machine);
    else {
      invocation.status = 'Success';
      invocation.output = bootReportOf(machine, this.#context.kernel.now());
    }
  }

  #reportContent(invocation: Invocation, machine: Machine): void {
    const { faults } = this.#context;
    const isPulpUp = machine.phase === 'provisioned';
    if (!isPulpUp || faults.strikes('report-fails', { proxy: machine.proxy })) {
      invocation.status = 'Failed';
      return;
    }
    const [names] = invocation.parameters['gateway'] ?? [];
    if (names) completeGateway(machine, names);
    invocation.status = 'Success';
    invocation.output = this.#printed(invocation, machine);
  }

  /** As in infra/shared/content-report/delivery.py: what is too long to print is left in S3. */
  #printed({ instanceId }: Invocation, machine: Machine): string {
    const report = contentReportOf(machine, this.#context.kernel.now());
    const text = JSON.stringify(report);
    const packed = gzipSync(text);
    const sha256 = createHash('sha256').update(text).digest('hex');
    const lineWith = (place: object): string =>
      JSON.stringify({ version: 1, instanceId, report: { sha256, bytes: text.length, ...place } });
    const inline = lineWith({ inline: packed.toString('base64') });
    if (inline.length <= outputMax) return inline;
    const key = `${contentReportPrefix(machine.proxy)}${instanceId}/${report.takenAt}.json.gz`;
    this.#buckets.put(artifactsBucket, key, packed);
    return lineWith({ key });
  }
}
