import { z } from 'zod';
import { sized } from '../sized.ts';

/** The name of a fleet or a proxy. In resource names, two hyphens in a row separate the two. */
export const label = z
  .string()
  .max(32, sized('must be at most 32 characters long'))
  .regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'must be lower-case letters, digits and single hyphens, starting with a letter, such as eu-west',
  );

export const hostName = z
  .string()
  .max(64, sized('must be at most 64 characters long, the limit of a certificate name'))
  .regex(
    /^(?=.*\.)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/,
    'must be a fully qualified host name in lower case, such as proxy1.example.com',
  );

const looksLikeSecret = (text: unknown): boolean =>
  typeof text === 'string' &&
  (/:\/\/|-----BEGIN/.test(text) || (!text.startsWith('/') && /^[\w+/=.:~-]{12,}$/.test(text)));

/** Secrets are in SSM only: a value that was pasted here by mistake is never repeated in a message. */
export const parameterName = z.string().regex(/^\/[\w.-]+(\/[\w.-]+)*$/, {
  error: ({ input }) =>
    looksLikeSecret(input)
      ? 'looks like the value itself, which must not be in a file: store it in an SSM ' +
        'parameter, put the name of that parameter here, such as /smart-proxies/europe/token, ' +
        'and rotate the value if it is a secret'
      : 'must be the name of an SSM parameter, such as /smart-proxies/europe/token',
});
