import type { KatelloHealth } from '../../ports/content.ts';
import type { KatelloClient } from './client.ts';
import { pingSchema, statusSchema } from './wire/health.ts';

/** Version and health of the services. A service without a status is not healthy. */
export const readHealth = async (client: KatelloClient): Promise<KatelloHealth> => {
  const { version } = await client.call(
    { method: 'GET', path: '/katello/api/status' },
    statusSchema,
  );
  const ping = await client.call({ method: 'GET', path: '/katello/api/ping' }, pingSchema);
  const failing = Object.entries(ping.services)
    .filter(([, { status }]) => status !== 'ok')
    .map(([name, { status, message }]) => `${name}: ${message ?? status ?? 'no status'}`);
  if (failing.length > 0 || ping.status === 'ok') return { version, failing };
  return { version, failing: [`Katello overall: ${ping.status}`] };
};

/** Asks under Katello's own name what is reached under its address; open to everybody, and cheap. */
export const verifyName = async (
  client: KatelloClient,
  { url, fqdn }: { readonly url: string; readonly fqdn: string },
): Promise<void> => {
  if (new URL(url).hostname === fqdn) return;
  await client.call({ method: 'GET', path: '/katello/api/status', host: fqdn }, statusSchema);
};
