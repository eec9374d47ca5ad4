import { z } from 'zod';
import type { Cycle } from '../cycle.ts';
import { type Fleet, fleetSchema, type SmartProxy } from '../fleet.ts';

/** A place in a fleet. */
export type Path = readonly PropertyKey[];

/** What of a fleet is well-formed: the checks across parts look at that, whatever else is wrong. */
export interface SoundFleet {
  readonly katello?: Partial<Fleet['katello']>;
  readonly cycle?: Partial<Cycle>;
  readonly network?: Partial<Fleet['network']>;
  /** In the order of the file; `undefined` when the list itself is malformed. */
  readonly proxies?: readonly Partial<SmartProxy>[];
}

const { katello, cycle, network, proxies } = fleetSchema.shape;

const shapes: Readonly<Record<string, object>> = {
  katello: katello.shape,
  cycle: cycle.unwrap().shape,
  network: network.shape,
  proxies: proxies.element.shape,
};

/** The sections that the checks look at; every key may be absent. */
const partialFleet = z
  .object({
    katello: katello.partial(),
    cycle: cycle.unwrap().partial(),
    network: network.partial(),
    proxies: proxies.element.partial().array(),
  })
  .partial();

/** Removes what a path names; the places of list entries stay, so that other paths keep their meaning. */
const remove = (root: unknown, path: Path): void => {
  const [part, ...rest] = path;
  if (typeof root !== 'object' || root === null || part === undefined) return;
  if (rest.length > 0) remove(Reflect.get(root, part), rest);
  else if (Array.isArray(root)) Reflect.set(root, part, {});
  else Reflect.deleteProperty(root, part);
};

/**
 * What must not be judged because of a problem: the key of its section, or the whole section when the key is
 * not known, as one that is known was probably meant and would be judged by its default.
 */
const doubted = (path: Path): Path => {
  const depth = path[0] === 'proxies' ? 2 : 1;
  const [key, shape] = [path[depth], shapes[String(path[0])]];
  const isUnknown = key !== undefined && shape !== undefined && !Object.hasOwn(shape, key);
  return path.slice(0, isUnknown ? depth : depth + 1);
};

/** The well-formed keys of the sections, given the places at which the schema has found problems. */
export const soundParts = (input: unknown, badPaths: readonly Path[]): SoundFleet => {
  const keys = badPaths.map(doubted);
  const copy = structuredClone(input);
  for (const key of keys) remove(copy, key);
  const parsed = partialFleet.safeParse(copy);
  if (!parsed.success) return {};
  // A default in the place of what was removed would be judged as if someone had written it.
  for (const key of keys) remove(parsed.data, key);
  return parsed.data as SoundFleet;
};
