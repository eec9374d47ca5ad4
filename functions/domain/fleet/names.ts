import { z } from 'zod';

/** Of a fleet or a proxy. Two hyphens in a row part the two where a resource is named after both. */
export const label = z
  .string()
  .max(32, 'must be at most 32 characters long')
  .regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'must be lower-case letters, digits and single hyphens, starting with a letter, such as eu-west',
  );

export const hostName = z
  .string()
  .max(64, 'must be at most 64 characters long, the limit of a certificate name')
  .regex(
    /^(?=.*\.)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/,
    'must be a fully qualified host name in lower case, such as proxy1.example.com',
  );

const looksLikeSecret = (text: unknown): boolean =>
  typeof text === 'string' &&
  (/:\/\/|-----BEGIN/.test(text) || (!text.startsWith('/') && /^[\w+/=.:~-]{12,}$/.test(text)));

/** The values of secrets stand in SSM alone, so a value that was pasted here is never repeated. */
export const parameterName = z.string().regex(/^\/[\w.-]+(\/[\w.-]+)*$/, {
  error: ({ input }) =>
    looksLikeSecret(input)
      ? 'looks like the value itself, which must not stand in a file: store it in an SSM ' +
        'parameter, write the name of that here, such as /smart-proxies/europe/token, and ' +
        'renew the value if it is a secret'
      : 'must be the name of an SSM parameter, such as /smart-proxies/europe/token',
});
