import { z } from 'zod';
import { imageId } from '../image-id.ts';
import { parameterName } from './names.ts';

const version = z.string().regex(/^\d+\.\d+$/, 'must be two numbers in quotes, such as "3.19"');

export const image = z.strictObject({
  base: z
    .union(
      [
        z.strictObject({
          parameter: parameterName.describe('the name of an SSM parameter that holds an image id'),
        }),
        z.strictObject({ id: imageId.describe('the id of an image') }),
      ],
      'must be either { parameter: /name/of/an/ssm/parameter } or { id: ami-0123456789abcdef0 }',
    )
    .describe(
      'the base image that the images of the proxies are baked from, as `parameter` or `id`',
    ),
  foremanVersion: version.describe('the version of Foreman to install, such as "3.19"'),
  katelloVersion: version.describe('the version of Katello to install, such as "4.21"'),
  installer: z
    .literal('foreman-installer', {
      error: ({ input }) =>
        input === 'foremanctl'
          ? 'cannot be foremanctl: a proxy of containers registers itself, and knows one name only ' +
            '(docs/decisions/18-one-installer.md). Use foreman-installer, which installs the RPM packages of ' +
            'Foreman 5.0 too'
          : 'must be foreman-installer',
    })
    .default('foreman-installer')
    .describe('the program that installs the proxies, from RPM packages'),
  retention: z
    .int()
    .min(1)
    .max(50)
    .default(3)
    .describe('the number of previous images that are kept to go back to, besides the current one'),
  freshDays: z
    .int()
    .min(1)
    .max(21)
    .default(3)
    .describe('the age up to which a baked image is reused; after that, a new one is baked'),
});
