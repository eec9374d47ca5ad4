import { z } from 'zod';
import { sized } from '../sized.ts';
import { hostName, parameterName } from './names.ts';

const isBareAddress = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname, search, hash } = new URL(text);
  return protocol === 'https:' && pathname === '/' && search === '' && hash === '';
};

const katelloUrl = z
  .string()
  .refine(
    isBareAddress,
    'must be an https:// address without a path, such as https://katello.example.com',
  )
  .refine(
    // Parsed as a client would: `https:\\\\user:password@host` has credentials, too.
    (text) => !URL.canParse(text) || (!new URL(text).username && !new URL(text).password),
    'must not contain a user or a password: they belong in the parameters of katello.credentials',
  )
  .meta({ format: 'uri' });

const seconds = (shortest: number, longest: number) => z.int().min(shortest).max(longest);

/** The longest ones leave a function of each step the time for what else it does. */
const timeouts = z.strictObject({
  readSeconds: seconds(5, 60).default(30).describe('how long to wait for one record'),
  searchSeconds: seconds(10, 120).default(60).describe('how long to wait for a search of tasks'),
  statusSeconds: seconds(10, 120)
    .default(120)
    .describe(
      'how long to wait for the sync status of a proxy, which is slow on a busy Katello; asked for ' +
        'the names of repositories in which content is missing, and for nothing else',
    ),
  planSeconds: seconds(60, 600)
    .default(300)
    .describe('how long to wait for Katello to plan and start a sync or a count'),
});

export const katello = z.strictObject({
  url: katelloUrl.describe('the address of Katello, such as https://katello.example.com'),
  fqdn: hostName
    .optional()
    .describe(
      "Katello's own host name, where katello.url has an alias or a load balancer; without it, " +
        'the host of katello.url',
    ),
  ca: parameterName.describe(
    'the name of the SSM parameter that holds the CAs of the certificates of Katello and of the ' +
      'proxies, as PEM, one after another',
  ),
  credentials: z
    .strictObject({
      login: parameterName.describe('the name of the SSM SecureString that holds the login'),
      token: parameterName.describe(
        'the name of the SSM SecureString that holds the personal access token',
      ),
    })
    .describe('the SSM parameters that hold the credentials of the service user in Katello'),
  organization: z
    .string()
    .min(1, sized())
    .describe('the label of the organization whose content the proxies hold'),
  timeouts: timeouts
    .prefault({})
    .describe("how long to wait for Katello's answers before a call is repeated"),
});
