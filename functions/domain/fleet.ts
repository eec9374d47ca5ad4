import { z } from 'zod';
import { cycle } from './cycle.ts';
import { content } from './fleet/content.ts';
import { image } from './fleet/image.ts';
import { katello } from './fleet/katello.ts';
import { label, parameterName } from './fleet/names.ts';
import { network } from './fleet/network.ts';
import { proxy } from './fleet/proxy.ts';

/**
 * The fleet file: everything about one Katello's proxies that a person decides. The same schema reads
 * the file (command line, CDK app, sandbox) and the parameters that a deployment made from it. Its
 * descriptions are what editors, the reference and the messages about bad files say of a key.
 *
 * The keys are in the order of the reference; sections that hold only defaults may be left out.
 */
export const fleetSchema = z.strictObject({
  fleet: label.describe('the name of the fleet'),
  katello: katello.describe('the Katello whose proxies these are'),
  cycle: cycle.prefault({}).describe('the ages and windows at which proxies are rebuilt'),
  image: image.describe('the machine image that the proxies run'),
  content: content.prefault({}).describe('the limits of a content sync'),
  slack: z
    .strictObject({
      webhook: parameterName.describe(
        'the name of the SSM SecureString with the address of the incoming webhook',
      ),
    })
    .describe('the Slack channel that is told'),
  network: network.describe('the network in which the proxies run'),
  proxies: z.array(proxy).min(1, 'needs at least one proxy').describe('the proxies of the fleet'),
});

export type Fleet = z.infer<typeof fleetSchema>;
export type SmartProxy = Fleet['proxies'][number];
export type Layout = 'two-names' | 'one-name';

export const layoutOf = (proxy: SmartProxy): Layout =>
  proxy.controlName === undefined ? 'one-name' : 'two-names';

/** The name under which Katello knows the proxy, which is the one its certificate is made for. */
export const katelloNameOf = (proxy: SmartProxy): string => proxy.controlName ?? proxy.serviceName;
