import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { steps } from '../../functions/steps/register.ts';
import { bundleNames } from '../../infra/bundling/bundle.ts';
import { cachedBundles } from '../../infra/bundling/cache.ts';

/**
 * Starts every function from its built file, as Lambda does: the module is imported, and its handler is
 * called with an event and a context. What came of it goes out as JSON.
 */
type Handler = (event: unknown, context: object) => Promise<unknown>;

const context = {
  functionName: 'local',
  awsRequestId: '00000000-0000-4000-8000-000000000000',
  getRemainingTimeInMillis: () => 30_000,
};

/** Stands in for CloudFormation, which gets its answer at an address of its choice. */
const answerOf = async (handler: Handler): Promise<string> => {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    for await (const chunk of request) bodies.push(String(chunk));
    response.end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const ResponseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await handler({ RequestType: 'Create', ResourceType: 'Custom::Unknown', ResponseURL }, context);
  server.close();
  return bodies.join('');
};

const outcomeOf = async (name: string, handler: Handler): Promise<string> => {
  if (name === 'bootstrapResources') return answerOf(handler);
  if (!Object.hasOwn(steps, name)) return typeof handler;
  return handler(null, context).then(
    () => 'answered',
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );
};

const lines: string[] = [];
const { write } = process.stdout;
process.stdout.write = ((text: string) => lines.push(text)) as unknown as typeof write;

const folder = await cachedBundles();
const results: Record<string, unknown> = {};
for (const name of bundleNames) {
  const file = join(folder, name, 'index.mjs');
  const { handler } = (await import(pathToFileURL(file).href)) as { readonly handler: Handler };
  const outcome = await outcomeOf(name, handler);
  const source = readFileSync(file, 'utf8');
  results[name] = {
    outcome,
    log: lines.splice(0),
    bytes: statSync(file).size,
    services: [...new Set(source.match(/com\.amazonaws\.[a-z0-9]+/g))].sort(),
    requests: source.includes('llhttp'),
  };
}
process.stdout.write = write;
process.stdout.write(JSON.stringify(results));
