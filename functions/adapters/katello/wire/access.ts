import { z } from 'zod';
import { sized } from '../../../domain/sized.ts';
import { listOf } from './lenient.ts';

const named = z.object({ name: z.string() }).transform(({ name }) => name);

/** `effective_admin` includes rights that come from a user group. */
export const currentUserSchema = z
  .object({
    login: z.string().min(1, sized()),
    admin: z.boolean().nullish(),
    effective_admin: z.boolean().nullish(),
    organizations: listOf(named),
    locations: listOf(named),
  })
  .transform(({ login, admin, effective_admin, organizations, locations }) => ({
    login,
    isAdmin: effective_admin ?? admin ?? false,
    organizations,
    locations,
  }));

/** One permission may come from several roles. */
export const permissionListSchema = z
  .object({ results: z.array(named) })
  .transform(({ results }) => [...new Set(results)]);
