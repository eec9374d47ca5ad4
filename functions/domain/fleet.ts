import { z } from 'zod';
import { cycle } from './cycle.ts';
import { type Feature, features } from './features.ts';
import { content } from './fleet/content.ts';
import { image } from './fleet/image.ts';
import { jobs } from './fleet/jobs.ts';
import { katello } from './fleet/katello.ts';
import { label, parameterName } from './fleet/names.ts';
import { network } from './fleet/network.ts';
import { proxy } from './fleet/proxy.ts';
import { sized } from './sized.ts';

/**
 * The fleet file: every decision about the proxies of one Katello. The same schema reads the file
 * (command line, CDK app, sandbox) and the parameters that a deployment makes from it. Editors, the
 * reference and the messages about bad files use its descriptions.
 *
 * The keys are in the order of the reference; a section whose keys all have defaults may be left out.
 */
export const fleetSchema = z.strictObject({
  fleet: label.describe('the name of the fleet'),
  katello: katello.describe('the Katello server that the proxies belong to'),
  cycle: cycle
    .prefault({})
    .describe('the age limits and maintenance windows that decide when proxies are rebuilt'),
  image: image.describe('the machine image that the proxies run'),
  content: content.prefault({}).describe('the limits of a content sync'),
  jobs: jobs
    .prefault({})
    .describe('the jobs of remote execution and Ansible that run on a proxy when it is rebuilt'),
  slack: z
    .strictObject({
      webhook: parameterName.describe(
        'the name of the SSM SecureString that holds the URL of the incoming webhook',
      ),
    })
    .describe('the Slack channel that gets the messages'),
  network: network.describe('the network that the proxies run in'),
  proxies: z
    .array(proxy)
    .min(1, sized('needs at least one proxy'))
    .describe('the proxies of the fleet'),
});

export type Fleet = z.infer<typeof fleetSchema>;
export type SmartProxy = Fleet['proxies'][number];
export type Layout = 'two-names' | 'one-name';

export const layoutOf = (proxy: SmartProxy): Layout =>
  proxy.controlName === undefined ? 'one-name' : 'two-names';

/** Every feature that a proxy of the fleet has, in one order whatever the file says. */
export const featuresOf = ({ proxies }: Pick<Fleet, 'proxies'>): readonly Feature[] =>
  features.filter((feature) => proxies.some((proxy) => proxy.features.includes(feature)));

/** The name of the proxy in Katello, which its certificate is made for. */
export const katelloNameOf = (proxy: SmartProxy): string => proxy.controlName ?? proxy.serviceName;

/**
 * Katello's own name: the one in its client certificate, by which a proxy's Pulp and smart-proxy recognise Katello,
 * and under which they reach it.
 */
export const katelloFqdnOf = ({ fqdn, url }: Pick<Fleet['katello'], 'fqdn' | 'url'>): string =>
  fqdn ?? new URL(url).hostname;
