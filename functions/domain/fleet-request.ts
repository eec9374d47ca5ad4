import { z } from 'zod';
import { NamedFailure } from './failures.ts';
import type { Fleet } from './fleet.ts';
import { imageId } from './image-id.ts';

/** The input of an execution of `rebuild-fleet`; `{}` rebuilds the proxies that are due. */
const asked = z.strictObject({
  reason: z.enum(['scheduled', 'manual']).default('manual'),
  /** Rebuild these, due or not. */
  proxies: z.array(z.string()).default([]),
  imageId: imageId.nullish(),
  /** Plan only; nothing is changed. */
  dryRun: z.boolean().default(false),
  /** Rebuild every proxy, due or not. */
  force: z.boolean().default(false),
});

export type FleetRequest = z.infer<typeof asked>;

/** Throws `BadRequest`, which names every wrong field. */
export const parseFleetRequest = (input: unknown, fleet: Fleet): FleetRequest => {
  const parsed = asked.safeParse(input ?? {});
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      (issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`,
    );
    throw new NamedFailure('BadRequest', problems.join('; '));
  }
  const known = fleet.proxies.map(({ name }) => name);
  const unknown = parsed.data.proxies.filter((name) => !known.includes(name));
  if (unknown.length === 0) return parsed.data;
  throw new NamedFailure(
    'BadRequest',
    `proxies: the fleet ${fleet.fleet} has no ${unknown.join(', ')}; it has ${known.join(', ')}`,
  );
};
