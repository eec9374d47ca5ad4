import type { Outside } from '../../functions/lambda/compose.ts';
import type { Handler } from '../../functions/lambda/handler.ts';
import { type StepName, steps } from '../../functions/steps/register.ts';
import type { Exchange } from '../katello/edge.ts';
import type { Outcome, SimulatedRequest } from '../katello/http.ts';
import type { Mishap, Mishaps, Site } from './mishaps.ts';

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

interface Sender {
  send(command: never): Promise<unknown>;
}

/** The way to everything outside, on which calls get lost and functions die. */
export class Unreliable {
  readonly #mishaps: Mishaps;
  readonly #stop: (executionArn: string) => void;
  /** Functions run one after the other, so there is one at a time to kill. */
  #isKilled = false;
  #execution = '';
  #step = '';
  /** Something befell the step that posts: Slack's webhook knows no way to post exactly once then. */
  isSlackSpoiled = false;

  constructor(mishaps: Mishaps, stop: (executionArn: string) => void) {
    this.#mishaps = mishaps;
    this.#stop = stop;
  }

  outside(outside: Outside): Outside {
    const { autoScaling, dynamoDb, ec2, elb, route53, s3, sfn, ssm } = outside;
    return {
      ...outside,
      autoScaling: this.sender('autoscaling', autoScaling),
      dynamoDb: this.sender('dynamodb', dynamoDb),
      ec2: this.sender('ec2', ec2),
      elb: this.sender('elb', elb),
      route53: this.sender('route53', route53),
      s3: this.sender('s3', s3),
      sfn: this.sender('states', sfn),
      ssm: this.sender('ssm', ssm),
    };
  }

  sender<Client extends Sender>(service: string, client: Client): Client {
    const answers = new Map<string, unknown>();
    const send = async (command: { readonly input: object }): Promise<unknown> => {
      const operation = command.constructor.name.replace(/Command$/, '');
      const site = { service, operation, isRead: /^(Describe|Get|List)/.test(operation) };
      const key = `${operation} ${JSON.stringify(command.input)}`;
      const answer = await this.#call(site, () => client.send(command as never), answers.get(key));
      answers.set(key, answer);
      return answer;
    };
    return { send } as unknown as Client;
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
      this.#isKilled = false;
      this.#step = name;
      this.#execution = (event as { execution?: { id: string } }).execution?.id ?? '';
      const mishap = this.#mishaps.at({ service: 'lambda', operation: name, isRead: false });
      if (mishap !== null && name === 'announceOutcome') this.isSlackSpoiled = true;
      if (mishap === 'lost-before' || mishap === 'throttled' || mishap === 'killed-before')
        throw unknown();
      if (mishap === 'stopped') this.#stop(this.#execution);
      if (mishap === 'twice') await handler(event, context).catch(() => undefined);
      const answer = await handler(event, context).catch((error: unknown) => {
        throw this.#isKilled ? unknown() : error;
      });
      if (this.#isKilled || mishap === 'lost-after' || mishap === 'killed-after') throw unknown();
      return answer;
    };
  }

  async #call(site: Site, send: () => Promise<unknown>, earlier: unknown): Promise<unknown> {
    if (this.#isKilled) throw lost();
    const mishap = this.#mishaps.at(site);
    this.#strike(mishap);
    if (mishap === 'lost-before' || mishap === 'killed-before') throw lost();
    if (mishap === 'throttled') throw throttled();
    if (mishap === 'stale' && earlier !== undefined) return earlier;
    if (mishap === 'twice') await send().catch(() => undefined);
    const answer = await send();
    if (mishap === 'lost-after' || mishap === 'killed-after') throw lost();
    return answer;
  }

  #exchange(edge: Exchange, host: string, request: SimulatedRequest): Outcome {
    if (this.#isKilled) return 'lost';
    const site = {
      service: 'katello',
      operation: `${request.method} ${request.path}`,
      isRead: request.method === 'GET',
    };
    const mishap = this.#mishaps.at(site);
    this.#strike(mishap);
    if (mishap === 'lost-before' || mishap === 'killed-before' || mishap === 'throttled')
      return 'refused';
    const outcome = edge.exchange(host, request);
    return mishap === 'lost-after' || mishap === 'killed-after' ? 'lost' : outcome;
  }

  #strike(mishap: Mishap | null): void {
    if (mishap !== null && this.#step === 'announceOutcome') this.isSlackSpoiled = true;
    if (mishap === 'killed-before' || mishap === 'killed-after') this.#isKilled = true;
    if (mishap === 'stopped') this.#stop(this.#execution);
  }
}
