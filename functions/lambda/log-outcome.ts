import { z } from 'zod';

export type Log = (line: Readonly<Record<string, unknown>>) => void;

const identity = z.object({
  execution: z.object({ id: z.string() }).optional().catch(undefined),
  request: z.object({ proxy: z.string() }).optional().catch(undefined),
});

const status = z.object({ status: z.string() }).catch({ status: 'ready' });

interface Request {
  readonly event: unknown;
  readonly response?: unknown;
  readonly error?: Error | null;
  readonly internal: Record<string, unknown>;
}

/** One line per invocation: which step, for whom, how long, how it ended. Inputs and outputs are not logged. */
export const logOutcome = (step: string, log: Log) => {
  const write = (request: Request, outcome: object): void => {
    const { execution, request: asked } = identity.catch({}).parse(request.event);
    const startedAt = Number(request.internal['startedAt']);
    const durationMs = Math.round(performance.now() - startedAt);
    log({ step, execution: execution?.id, proxy: asked?.proxy, durationMs, ...outcome });
  };
  return {
    before: (request: Request): void => {
      request.internal['startedAt'] = performance.now();
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
