import { z } from 'zod';
import { parseRequest } from '../domain/request.ts';
import { proxyOfRequest } from '../operations/interrupted-proxy.ts';
import { findProxy } from '../operations/observed-proxy.ts';
import { step } from './step.ts';

/**
 * Validates the request before taking a lock or changing anything. EventBridge starts a rollback with the ARN of the
 * interrupted execution alone, so that the proxy is known only once Step Functions has given the input of that one.
 */
export const readRequest = step(
  {
    input: z.object({ request: z.unknown() }),
    needs: ['executions.inputOf'],
    writes: 'request',
    proxyOf: ({ request }) => parseRequest(request).proxy,
  },
  async (ports, { request }) => {
    const given = parseRequest(request);
    const proxy = await proxyOfRequest((arn) => ports.executions.inputOf(arn), given);
    await findProxy(ports, proxy);
    return { ...given, proxy };
  },
);
