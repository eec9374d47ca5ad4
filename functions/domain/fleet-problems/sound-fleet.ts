import { z } from 'zod';
import type { Cycle } from '../cycle.ts';
import { type Fleet, fleetSchema, type SmartProxy } from '../fleet.ts';

/** A place in a fleet. */
export type Path = readonly PropertyKey[];

/** The well-formed parts of a fleet file: checks across parts use these, whatever else is wrong. */
export interface SoundFleet {
  readonly katello?: Partial<Fleet['katello']>;
  readonly cycle?: Partial<Cycle>;
  readonly image?: Partial<Fleet['image']>;
  readonly network?: Partial<Fleet['network']>;
  /** In the order of the file; `undefined` when the list itself is malformed. */
  readonly proxies?: readonly Partial<SmartProxy>[];
}

const { katello, cycle, image, network, proxies } = fleetSchema.shape;

const shapes: Readonly<Record<string, object>> = {
  katello: katello.shape,
  cycle: cycle.unwrap().shape,
  image: image.shape,
  network: network.shape,
  proxies: proxies.element.shape,
};

/** The sections that the checks read; every key may be absent. */
const partialFleet = z
  .object({
    katello: katello.partial(),
    cycle: cycle.unwrap().partial(),
    image: image.partial(),
    network: network.partial(),
    proxies: proxies.element.partial().array(),
  })
  .partial();

/** Removes what a path names. List entries keep their positions, so that other paths stay valid. */
const remove = (root: unknown, path: Path): void => {
  const [part, ...rest] = path;
  if (typeof root !== 'object' || root === null || part === undefined) return;
  if (rest.length > 0) remove(Reflect.get(root, part), rest);
  else if (Array.isArray(root)) Reflect.set(root, part, {});
  else Reflect.deleteProperty(root, part);
};

/**
 * The part that a problem makes unusable: the key or, if the key is unknown, its whole section, because a
 * known key was probably meant and would be judged by its default.
 */
const doubted = (path: Path): Path => {
  const depth = path[0] === 'proxies' ? 2 : 1;
  const [key, shape] = [path[depth], shapes[String(path[0])]];
  const isUnknown = key !== undefined && shape !== undefined && !Object.hasOwn(shape, key);
  return path.slice(0, isUnknown ? depth : depth + 1);
};

/** The well-formed keys of the sections, given the places where the schema found problems. */
export const soundParts = (input: unknown, badPaths: readonly Path[]): SoundFleet => {
  const keys = badPaths.map(doubted);
  const copy = structuredClone(input);
  for (const key of keys) remove(copy, key);
  const parsed = partialFleet.safeParse(copy);
  if (!parsed.success) return {};
  // A default in place of a removed key would be judged as if it had been written in the file.
  for (const key of keys) remove(parsed.data, key);
  return parsed.data as SoundFleet;
};
