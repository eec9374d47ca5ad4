import { label } from '../functions/domain/fleet/names.ts';
import { imageId } from '../functions/domain/image-id.ts';
import { type Option, unless, unlessFits } from './command-line.ts';

/** Whether a text can be the name of a proxy. */
export const isLabel = (text: string): boolean => label.safeParse(text).success;

export const proxiesOption = (help: string) =>
  ({
    value: 'a,b',
    help,
    problem: (value) =>
      unless(
        value.split(',').every(isLabel),
        'must be proxy names separated by commas, without spaces, such as eu-north,eu-west',
      ),
  }) as const satisfies Option;

export const proxyOption = {
  value: 'NAME',
  help: 'only this proxy',
  problem: (value) => unless(isLabel(value), 'must be the name of one proxy, such as eu-north'),
} as const satisfies Option;

export const imageOption = {
  value: 'ami-…',
  help: 'launch from this image instead of baking one',
  problem: unlessFits(imageId),
} as const satisfies Option;
