import { z } from 'zod';

export type Log = (line: Readonly<Record<string, unknown>>) => void;

const identity = z.object({
  execution: z.object({ id: z.string() }).optional().catch(undefined),
  request: z.object({ proxy: z.string() }).optional().catch(undefined),
});

/** The event may have any shape. */
const anyIdentity = identity.catch({});

const status = z.object({ status: z.string() }).catch({ status: 'ready' });

interface Request {
  readonly event: unknown;
  readonly response?: unknown;
  readonly error?: Error | null;
  readonly internal: Record<string, unknown>;
}

/**
 * One line per invocation: step, execution, proxy, duration and outcome. Inputs and outputs are not logged.
 * Runs before the input is validated, which may lack the proxy.
 */
export const logOutcome = (step: string, log: Log) => {
  const write = ({ internal }: Request, outcome: object): void => {
    const { execution, request: asked } = anyIdentity.parse(internal['event']);
    const durationMs = Math.round(performance.now() - Number(internal['startedAt']));
    log({ step, execution: execution?.id, proxy: asked?.proxy, durationMs, ...outcome });
  };
  return {
    before: (request: Request): void => {
      Object.assign(request.internal, { event: request.event, startedAt: performance.now() });
    },
    after: (request: Request): void =>
      write(request, { outcome: 'answered', status: status.parse(request.response).status }),
    onError: (request: Request): void =>
      write(request, {
        outcome: 'failed',
        failure: request.error?.name,
        cause: request.error?.message,
      }),
  };
};
