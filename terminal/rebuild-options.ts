import { label } from '../functions/domain/fleet/names.ts';
import { imageId } from '../functions/domain/image-id.ts';
import { type Option, unless, unlessFits } from './command-line.ts';

/** What a rebuild is asked for, whether the world is a simulated one or not. */
export const isLabel = (text: string): boolean => label.safeParse(text).success;

export const proxiesOption = (help: string) =>
  ({
    value: 'a,b',
    help,
    problem: (value) =>
      unless(
        value.split(',').every(isLabel),
        'must be names of proxies, with commas and without spaces, such as eu-north,eu-west',
      ),
  }) as const satisfies Option;

export const proxyOption = {
  value: 'NAME',
  help: 'of this proxy only',
  problem: (value) => unless(isLabel(value), 'must be the name of one proxy, such as eu-north'),
} as const satisfies Option;

export const imageOption = {
  value: 'ami-…',
  help: 'from this image; nothing is baked',
  problem: unlessFits(imageId),
} as const satisfies Option;
