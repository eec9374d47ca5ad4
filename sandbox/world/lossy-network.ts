import type { Dispatcher } from 'undici';
import type { Environment } from '../../functions/lambda/environment.ts';
import type { Handler } from '../../functions/lambda/handler.ts';
import { talksToKatello } from '../../functions/steps/katello-network.ts';
import { type StepName, steps } from '../../functions/steps/register.ts';
import { errorNames } from '../../statemachine/error-names.ts';
import { throttling } from '../aws/common-errors.ts';
import type { Iam } from '../aws/iam/iam.ts';
import type { CallFaults } from '../faults/injection.ts';
import type { InjectedFaultName } from '../faults/kinds.ts';
import type { AwsService, CallSite } from '../faults/sites.ts';
import type { Exchange } from '../katello/edge.ts';
import type { Outcome, SimulatedRequest } from '../katello/http.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Barrier, Paths } from '../network/paths.ts';
import { type AnyClient, lossyClient, neverArrives } from './lossy-client.ts';
import { LossySlack } from './lossy-slack.ts';

const lost = (): Error =>
  Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });

/** What the SDK's handler of requests makes of the errors of sockets and of the resolver. */
const unreachableEndpoint = (barrier: Barrier, service: AwsService): Error =>
  barrier === 'dropped'
    ? Object.assign(new Error(`${service}: the request socket did not establish a connection`), {
        name: 'TimeoutError',
      })
    : Object.assign(new Error(`getaddrinfo EAI_AGAIN ${service}`), { code: 'EAI_AGAIN' });

const { timedOut, exited, unavailable, throttled, nameless } = errorNames.functionLost;

/** What the state machine may see of a function that ended without an answer; the last is no name of AWS's yet. */
const lostNames = [
  exited,
  timedOut,
  ...unavailable,
  throttled,
  nameless,
  'Lambda.NamedByAwsSince',
] as const;

/** The function that runs now: functions run one after the other. */
interface Running {
  readonly step: StepName;
  readonly execution: string;
  isKilled: boolean;
}

/** Who made a call of AWS, and to which service. */
export type CallListener = (service: AwsService, execution: string) => void;

/** When a request has its effect whose caller has given up. */
const effectAfterSeconds = 45;

/** Steps that close a rebuild in Slack. */
const closingSteps: readonly StepName[] = ['announceOutcome', 'announceLeftovers'];

/** Whether it is the closing message itself, or a note about it: a webhook cannot post exactly once. */
const isClosing = ({ service, operation }: Omit<CallSite, 'step'>, { step }: Running): boolean =>
  closingSteps.includes(step) && (service === 'slack' || operation === 'PutItem');

export interface LossyNetworkParts {
  readonly kernel: Kernel;
  readonly faults: CallFaults;
  readonly paths: Paths;
  readonly stop: (executionArn: string) => void;
}

/** The way from the functions to everything outside, on which calls get lost and functions die. */
export class LossyNetwork {
  /** A fault hit a closing message, or the note that it is posted. */
  isSlackSpoiled = false;
  readonly #parts: LossyNetworkParts;
  readonly #listeners: CallListener[] = [];
  #running: Running | null = null;
  #iam: Iam | null = null;

  constructor(parts: LossyNetworkParts) {
    this.#parts = parts;
  }

  onCall(listener: CallListener): void {
    this.#listeners.push(listener);
  }

  /** A step that may not read its webhook, or note what it has posted, closes nothing. */
  noteDenial(role: string): void {
    if (closingSteps.some((step) => step === role)) this.isSlackSpoiled = true;
  }

  environment(environment: Environment, iam: Iam | null = null): Environment {
    this.#iam = iam;
    const { autoScaling, dynamoDb, ec2, elb, route53, s3, sfn, slack, ssm } = environment;
    return {
      ...environment,
      autoScaling: this.#client('autoscaling', autoScaling),
      dynamoDb: this.#client('dynamodb', dynamoDb),
      ec2: this.#client('ec2', ec2),
      elb: this.#client('elasticloadbalancing', elb),
      route53: this.#client('route53', route53),
      s3: this.#client('s3', s3),
      sfn: this.#client('states', sfn),
      ssm: this.#client('ssm', ssm),
      ...(slack && { slack: this.#slack(slack) }),
    };
  }

  edge(edge: Exchange): Exchange {
    return {
      barrier: (host, port) => edge.barrier(host, port),
      exchange: (host, request) => this.#exchange(edge, host, request),
      certificateOf: (host) => edge.certificateOf?.(host) ?? 'trusted',
    };
  }

  handlers(handlers: Readonly<Record<StepName, Handler>>): Readonly<Record<StepName, Handler>> {
    const names = Object.keys(steps) as StepName[];
    return Object.fromEntries(
      names.map((name) => [name, this.#handler(name, handlers[name])]),
    ) as typeof handlers;
  }

  #handler(name: StepName, handler: Handler): Handler {
    return async (event, context) => {
      const execution = (event as { execution?: { id: string } }).execution?.id ?? '';
      const running = { step: name, execution, isKilled: false };
      this.#running = running;
      try {
        return await this.#invoke(running, () => handler(event, context));
      } finally {
        this.#running = null;
      }
    };
  }

  async #invoke(running: Running, run: () => Promise<unknown>): Promise<unknown> {
    const fault = this.#strike({ service: 'lambda', operation: running.step, isRead: false });
    if (running.isKilled) throw this.#unanswered();
    if (fault === 'lost-before' || fault === 'throttled') throw this.#unanswered();
    if (fault === 'twice') await run().catch(() => undefined);
    const answer = await run().catch((error: unknown) => {
      throw running.isKilled ? this.#unanswered() : error;
    });
    const isAnswerLost = fault === 'lost-after' || fault === 'killed-after' || fault === 'slow';
    if (running.isKilled || isAnswerLost) throw this.#unanswered();
    return answer;
  }

  #client<Client extends AnyClient>(service: AwsService, client: Client): Client {
    const { kernel, faults } = this.#parts;
    return lossyClient(client, service, kernel, faults.canBeStale(service), (...call) => {
      for (const listener of this.#listeners) listener(service, this.#running?.execution ?? '');
      return this.#call(service, ...call);
    });
  }

  async #call(
    service: AwsService,
    site: Omit<CallSite, 'step'>,
    send: () => Promise<unknown>,
    earlier: unknown,
  ): Promise<unknown> {
    const barrier = this.#barrierToAws();
    if (barrier !== null) throw unreachableEndpoint(barrier, service);
    const fault = this.#strike(site);
    if (fault === 'slow') this.#later(send);
    if (this.#isKilled || neverArrives(fault) || fault === 'slow') throw lost();
    if (fault === 'throttled') throw throttling(service);
    if (fault === 'stale' && earlier !== undefined) return earlier;
    if (fault === 'twice') await send().catch(() => undefined);
    const answer = await send();
    if (fault === 'killed-after') this.#kill();
    if (fault === 'lost-after' || fault === 'killed-after') throw lost();
    return answer;
  }

  /** Functions that do not talk to Katello run outside of its network. */
  #barrierToAws(): Barrier | null {
    const running = this.#running;
    return running !== null && talksToKatello(running.step) ? this.#parts.paths.barrierToAws : null;
  }

  #exchange(edge: Exchange, host: string, request: SimulatedRequest): Outcome {
    const { method, path } = request;
    const operation = `${method} ${host}${path}`;
    const fault = this.#strike({ service: 'katello', operation, isRead: method === 'GET' });
    const send = (): Outcome => edge.exchange(host, request);
    if (fault === 'slow') this.#later(async () => send());
    if (this.#isKilled || fault === 'slow') return 'lost';
    if (neverArrives(fault) || fault === 'throttled') return 'refused';
    if (fault === 'twice') send();
    const outcome = send();
    if (fault === 'killed-after') this.#kill();
    return fault === 'lost-after' || fault === 'killed-after' ? 'lost' : outcome;
  }

  #slack(slack: Dispatcher): Dispatcher {
    return new LossySlack(slack, () => {
      if (this.#isKilled) return { arrives: 0, isAnswered: false };
      const fault = this.#strike({ service: 'slack', operation: 'post', isRead: false });
      if (fault === 'killed-after') this.#kill();
      if (fault === 'twice') return { arrives: 2, isAnswered: true };
      if (neverArrives(fault) || fault === 'throttled') return { arrives: 0, isAnswered: false };
      return { arrives: 1, isAnswered: fault === null || fault === 'stopped' };
    });
  }

  /** Asks whether a fault strikes a call, and applies what it does before the call. */
  #strike(call: Omit<CallSite, 'step'>): InjectedFaultName | null {
    const running = this.#running;
    if (running?.isKilled) return null;
    const fault = this.#parts.faults.strikeAt({ ...call, step: running?.step ?? null });
    if (fault === null) return null;
    if (running !== null && isClosing(call, running)) this.isSlackSpoiled = true;
    if (fault === 'killed-before' || fault === 'slow') this.#kill();
    if (fault === 'stopped' && running !== null) this.#parts.stop(running.execution);
    return fault;
  }

  #unanswered(): Error {
    const name = lostNames[Math.floor(this.#parts.kernel.random.next() * lostNames.length)];
    return Object.assign(new Error('the function ended without an answer'), { name });
  }

  get #isKilled(): boolean {
    return this.#running?.isKilled ?? false;
  }

  #kill(): void {
    if (this.#running !== null) this.#running.isKilled = true;
  }

  /** Made by the same role, though its function has ended. */
  #later(send: () => Promise<unknown>): void {
    const iam = this.#iam;
    const role = iam?.caller ?? null;
    this.#parts.kernel.after(effectAfterSeconds, () => {
      const sent = iam === null ? send() : iam.asNow(role, send);
      sent.catch(() => undefined);
    });
  }
}
