import { z } from 'zod';
import { parseRequest } from '../domain/request.ts';
import { findProxy } from '../operations/observed-proxy.ts';
import { step } from './step.ts';

/** Validates the request before taking a lock or changing anything. */
export const readRequest = step(
  {
    input: z.object({ request: z.unknown() }),
    needs: [],
    writes: 'request',
    proxyOf: ({ request }) => parseRequest(request).proxy,
  },
  async (ports, { request }) => {
    const asked = parseRequest(request);
    await findProxy(ports, asked.proxy);
    return asked;
  },
);
