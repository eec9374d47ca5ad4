import type { Dispatcher } from 'undici';
import type { Outside } from '../../functions/lambda/compose.ts';
import type { Handler } from '../../functions/lambda/handler.ts';
import { type StepName, steps } from '../../functions/steps/register.ts';
import type { Mishap, Mishaps, Service, Site } from '../faults/sites.ts';
import type { Exchange } from '../katello/edge.ts';
import type { Outcome, SimulatedRequest } from '../katello/http.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { UnreliableSlack } from './lossy-slack.ts';

const lost = (): Error =>
  Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });

const throttled = (): Error =>
  Object.assign(new Error('Rate exceeded'), {
    name: 'ThrottlingException',
    $metadata: { httpStatusCode: 400 },
  });

/** As the state machine sees a function that ended without an answer. */
const unknown = (): Error =>
  Object.assign(new Error('the function ended without an answer'), { name: 'Lambda.Unknown' });

const neverArrives = (mishap: Mishap | null): boolean =>
  mishap === 'lost-before' || mishap === 'killed-before';

type Operation = Pick<Site, 'operation' | 'isRead'>;

/** By the classes of commands, of which a run makes many. */
const operations = new Map<unknown, Operation>();

const operationOf = ({ constructor: made }: object): Operation => {
  const known = operations.get(made);
  if (known !== undefined) return known;
  const operation = made.name.replace(/Command$/, '');
  const found = { operation, isRead: /^(Describe|Get|List)/.test(operation) };
  operations.set(made, found);
  return found;
};

/** AWS catches up within seconds, mostly; an answer of hours ago is none that it gives. */
const oldestAnswerMs = 600_000;

/** DynamoDB's word that its answer is no old one. */
const isConsistent = ({ input }: { readonly input: object }): boolean =>
  'ConsistentRead' in input && input.ConsistentRead === true;

interface Sender {
  send(command: never): Promise<unknown>;
}

/** The function that runs now: functions run one after the other. */
interface Running {
  readonly step: StepName;
  readonly execution: string;
  isKilled: boolean;
}

/** When a request that nobody waits for any more has its effect. */
const effectAfterSeconds = 45;

/** Steps that close a rebuild in Slack. */
const closingSteps: readonly StepName[] = ['announceOutcome', 'announceLeftovers'];

/** Whether it is the closing message itself, or a note about it: a webhook cannot post exactly once. */
const isClosing = ({ service, operation }: Omit<Site, 'step'>, { step }: Running): boolean =>
  closingSteps.includes(step) && (service === 'slack' || operation === 'PutItem');

export interface UnreliableParts {
  readonly kernel: Kernel;
  readonly mishaps: Mishaps;
  readonly stop: (executionArn: string) => void;
}

/** The way to everything outside, on which calls get lost and functions die. */
export class Unreliable {
  /** Something befell a closing message, or the note that it is posted. */
  isSlackSpoiled = false;
  readonly #parts: UnreliableParts;
  #running: Running | null = null;

  constructor(parts: UnreliableParts) {
    this.#parts = parts;
  }

  get misledBy(): ReadonlySet<Service> {
    return this.#parts.mishaps.misleading;
  }

  outside(outside: Outside): Outside {
    const { autoScaling, dynamoDb, ec2, elb, route53, s3, sfn, slack, ssm } = outside;
    return {
      ...outside,
      autoScaling: this.#sender('autoscaling', autoScaling),
      dynamoDb: this.#sender('dynamodb', dynamoDb),
      ec2: this.#sender('ec2', ec2),
      elb: this.#sender('elasticloadbalancing', elb),
      route53: this.#sender('route53', route53),
      s3: this.#sender('s3', s3),
      sfn: this.#sender('states', sfn),
      ssm: this.#sender('ssm', ssm),
      ...(slack && { slack: this.#slack(slack) }),
    };
  }

  edge(edge: Exchange): Exchange {
    return { exchange: (host, request) => this.#exchange(edge, host, request) };
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
    const mishap = this.#strike({ service: 'lambda', operation: running.step, isRead: false });
    if (running.isKilled) throw unknown();
    if (mishap === 'lost-before' || mishap === 'throttled') throw unknown();
    if (mishap === 'twice') await run().catch(() => undefined);
    const answer = await run().catch((error: unknown) => {
      throw running.isKilled ? unknown() : error;
    });
    const isAnswerLost = mishap === 'lost-after' || mishap === 'killed-after' || mishap === 'slow';
    if (running.isKilled || isAnswerLost) throw unknown();
    return answer;
  }

  #sender<Client extends Sender>(service: Service, client: Client): Client {
    const answers = new Map<string, { readonly answer: unknown; readonly at: number }>();
    const { kernel } = this.#parts;
    const keepsAnswers = this.#parts.mishaps.canBeStale(service);
    const send = async (command: { readonly input: object }): Promise<unknown> => {
      const site = { service, ...operationOf(command) };
      const keeps = keepsAnswers && site.isRead && !isConsistent(command);
      const key = keeps ? `${site.operation} ${JSON.stringify(command.input)}` : '';
      const last = answers.get(key);
      const isRecent = last !== undefined && kernel.now() - last.at <= oldestAnswerMs;
      const earlier = isRecent ? last.answer : undefined;
      const answer = await this.#call(site, () => client.send(command as never), earlier);
      if (keeps) answers.set(key, { answer, at: kernel.now() });
      return answer;
    };
    return { send } as unknown as Client;
  }

  async #call(
    site: Omit<Site, 'step'>,
    send: () => Promise<unknown>,
    earlier: unknown,
  ): Promise<unknown> {
    const mishap = this.#strike(site);
    if (mishap === 'slow') this.#later(send);
    if (this.#isKilled || neverArrives(mishap) || mishap === 'slow') throw lost();
    if (mishap === 'throttled') throw throttled();
    if (mishap === 'stale' && earlier !== undefined) return earlier;
    if (mishap === 'twice') await send().catch(() => undefined);
    const answer = await send();
    if (mishap === 'killed-after') this.#kill();
    if (mishap === 'lost-after' || mishap === 'killed-after') throw lost();
    return answer;
  }

  #exchange(edge: Exchange, host: string, request: SimulatedRequest): Outcome {
    const { method, path } = request;
    const operation = `${method} ${host}${path}`;
    const mishap = this.#strike({ service: 'katello', operation, isRead: method === 'GET' });
    const send = (): Outcome => edge.exchange(host, request);
    if (mishap === 'slow') this.#later(async () => send());
    if (this.#isKilled || mishap === 'slow') return 'lost';
    if (neverArrives(mishap) || mishap === 'throttled') return 'refused';
    if (mishap === 'twice') send();
    const outcome = send();
    if (mishap === 'killed-after') this.#kill();
    return mishap === 'lost-after' || mishap === 'killed-after' ? 'lost' : outcome;
  }

  #slack(slack: Dispatcher): Dispatcher {
    return new UnreliableSlack(slack, () => {
      if (this.#isKilled) return { arrives: 0, isAnswered: false };
      const mishap = this.#strike({ service: 'slack', operation: 'post', isRead: false });
      if (mishap === 'killed-after') this.#kill();
      if (mishap === 'twice') return { arrives: 2, isAnswered: true };
      if (neverArrives(mishap) || mishap === 'throttled') return { arrives: 0, isAnswered: false };
      return { arrives: 1, isAnswered: mishap === null || mishap === 'stopped' };
    });
  }

  /** Asks what befalls a call, and lets happen what does so before it. */
  #strike(call: Omit<Site, 'step'>): Mishap | null {
    const running = this.#running;
    if (running?.isKilled) return null;
    const mishap = this.#parts.mishaps.at({ ...call, step: running?.step ?? null });
    if (mishap === null) return null;
    if (running !== null && isClosing(call, running)) this.isSlackSpoiled = true;
    if (mishap === 'killed-before' || mishap === 'slow') this.#kill();
    if (mishap === 'stopped' && running !== null) this.#parts.stop(running.execution);
    return mishap;
  }

  get #isKilled(): boolean {
    return this.#running?.isKilled ?? false;
  }

  #kill(): void {
    if (this.#running !== null) this.#running.isKilled = true;
  }

  #later(send: () => Promise<unknown>): void {
    this.#parts.kernel.after(effectAfterSeconds, () => {
      send().catch(() => undefined);
    });
  }
}
