import type { InjectedFaultName } from '../faults/kinds.ts';
import type { CallSite } from '../faults/sites.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { isConsistent, operationOf } from './aws-operation.ts';

/** AWS catches up within seconds, mostly; an answer of hours ago is none that it gives. */
const oldestAnswerMs = 600_000;

interface Command {
  readonly input: object;
}

/** One method of an SDK client is all that adapters use. */
export interface AnyClient {
  send(command: never): Promise<unknown>;
}

/** Makes a call; a stale one is answered with the earlier answer, where there is one. */
export type MakeCall = (
  site: Omit<CallSite, 'step'>,
  send: () => Promise<unknown>,
  earlier: unknown,
) => Promise<unknown>;

/** An SDK client whose calls `makeCall` makes; with `keepsAnswers` it remembers what a stale answer could be. */
export const lossyClient = <Client extends AnyClient>(
  client: Client,
  service: CallSite['service'],
  kernel: Kernel,
  keepsAnswers: boolean,
  makeCall: MakeCall,
): Client => {
  const answers = new Map<string, { readonly answer: unknown; readonly at: number }>();
  const recent = (key: string): unknown => {
    const last = answers.get(key);
    return last !== undefined && kernel.now() - last.at <= oldestAnswerMs ? last.answer : undefined;
  };
  const send = async (command: Command): Promise<unknown> => {
    const site = { service, ...operationOf(command) };
    const call = (): Promise<unknown> => client.send(command as never);
    if (!keepsAnswers || !site.isRead || isConsistent(command))
      return makeCall(site, call, undefined);
    const key = `${site.operation} ${JSON.stringify(command.input)}`;
    const answer = await makeCall(site, call, recent(key));
    answers.set(key, { answer, at: kernel.now() });
    return answer;
  };
  return { send } as unknown as Client;
};

/** Whether the call is never made, since it is lost or its function dies before it. */
export const neverArrives = (fault: InjectedFaultName | null): boolean =>
  fault === 'lost-before' || fault === 'killed-before';
