import { z } from 'zod';
import { sized } from '../sized.ts';
import { parameterName } from './names.ts';

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

export const katello = z.strictObject({
  url: katelloUrl.describe('the address of Katello, such as https://katello.example.com'),
  ca: parameterName.describe(
    "the name of the SSM parameter that holds the CA of Katello's certificate, as PEM",
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
});
