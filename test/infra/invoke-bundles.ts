import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { steps } from '../../functions/steps/register.ts';
import { bundleNames } from '../../infra/bundling/bundle.ts';
import { cachedBundles } from '../../infra/bundling/cache.ts';
import { localServices } from './local-services.ts';

/**
 * Starts every function from its built file, as Lambda does: the module is loaded, and its handler is called
 * with an event and a context. What came of it goes out as JSON.
 */
type Handler = (event: unknown, context: object) => Promise<unknown>;

const context = {
  functionName: 'local',
  awsRequestId: '00000000-0000-4000-8000-000000000000',
  getRemainingTimeInMillis: () => 30_000,
};

const services = await localServices();

/** The environments of the functions, as their template has them. */
const environments = JSON.parse(readFileSync(0, 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, string>>>
>;

/** Gives the process the environment of one function, and nothing else. */
const enterEnvironment = (name: string): void => {
  for (const key of Object.keys(process.env)) delete process.env[key];
  Object.assign(process.env, environments[name], { AWS_ENDPOINT_URL: services.address });
};

/** An event that the function gets to the end of, where that takes no more than local services. */
const events: Readonly<Record<string, object>> = {
  announceOutcome: {
    execution: { id: 'arn:run-1', name: 'run-1', startedAt: '2026-11-02T11:00:00.000Z' },
    request: { proxy: 'berlin', reason: 'scheduled', imageId: null, instanceId: null },
  },
  bootstrapResources: {
    RequestType: 'Create',
    ResourceType: 'Custom::Unknown',
    ResponseURL: `${services.address}/cloud-formation`,
  },
};

const outcomeOf = async (
  name: string,
  load: () => { readonly handler: Handler },
): Promise<string> => {
  try {
    const { handler } = load();
    if (!Object.hasOwn(steps, name) && events[name] === undefined) return typeof handler;
    return JSON.stringify((await handler(events[name] ?? null, context)) ?? null);
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
};

const lines: string[] = [];
const { write } = process.stdout;
process.stdout.write = ((text: string) => lines.push(text)) as unknown as typeof write;

const folder = await cachedBundles();
const load = createRequire(import.meta.url);
const results: Record<string, unknown> = {};
for (const name of bundleNames) {
  const file = join(folder, name, 'index.cjs');
  enterEnvironment(name);
  results[name] = {
    outcome: await outcomeOf(name, () => load(file)),
    log: lines.splice(0),
    exchanges: services.exchanges.splice(0),
    source: readFileSync(file, 'utf8'),
  };
}
services.close();
process.stdout.write = write;
process.stdout.write(JSON.stringify(results));
