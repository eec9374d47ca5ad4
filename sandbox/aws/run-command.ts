import type { Timer } from '../kernel/kernel.ts';
import type { Machine } from '../machines/machines.ts';
import type { AwsContext } from './aws-context.ts';
import { AwsError } from './aws-error.ts';

export interface Invocation {
  readonly commandId: string;
  readonly instanceId: string;
  readonly documentName: string;
  readonly requestedAt: number;
  status: 'InProgress' | 'Success' | 'TimedOut';
  output: string;
  timer: Timer | null;
}

/** What the boot document prints of a machine; one line of JSON. */
const reportOf = ({ phase }: Machine, now: number): string => {
  const updatedAt = new Date(now).toISOString();
  const boot = (status: string, step: string, reason: string | null = null) => ({
    status,
    step,
    reason,
    updatedAt,
  });
  if (phase === 'provisioned') {
    return JSON.stringify({ cloudInit: 'done', boot: boot('done', 'ready'), logTail: '' });
  }
  if (phase === 'failed') {
    const reason = 'foreman-installer ended with exit code 6';
    return JSON.stringify({
      cloudInit: 'error',
      boot: boot('failed', 'installer', reason),
      logTail: 'Could not start Service[foreman-proxy]\nThere were errors detected during install',
    });
  }
  return JSON.stringify({ cloudInit: 'running', boot: boot('running', 'installer'), logTail: '' });
};

const isSettled = ({ phase }: Machine): boolean => phase === 'provisioned' || phase === 'failed';

/** Commands on instances. Each waits for the end of the first boot, but no longer than its parameter says. */
export class RunCommand {
  readonly #invocations = new Map<string, Invocation[]>();
  readonly #context: AwsContext;

  constructor(context: AwsContext) {
    this.#context = context;
  }

  /** The agent answers while the machine lives and has booted. */
  isOnline(instanceId: string): boolean {
    const machine = this.#context.machines.get(instanceId);
    return machine?.alive === true && machine.phase !== 'booting';
  }

  send(instanceId: string, documentName: string, waitSeconds: number): Invocation {
    if (!this.isOnline(instanceId)) {
      throw new AwsError('InvalidInstanceId', 'Instances not in a valid state for account');
    }
    const { kernel } = this.#context;
    const invocation: Invocation = {
      commandId: kernel.random.uuid(),
      instanceId,
      documentName,
      requestedAt: kernel.now(),
      status: 'InProgress',
      output: '',
      timer: null,
    };
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
    if (invocation.status === 'InProgress' && machine?.alive && isSettled(machine)) {
      this.#end(invocation);
    }
  }

  #end(invocation: Invocation): void {
    if (invocation.status !== 'InProgress') return;
    invocation.timer?.cancel();
    const machine = this.#context.machines.get(invocation.instanceId);
    if (machine?.alive) {
      invocation.status = 'Success';
      invocation.output = reportOf(machine, this.#context.kernel.now());
    } else {
      invocation.status = 'TimedOut';
    }
  }
}
