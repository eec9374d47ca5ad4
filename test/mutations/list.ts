import { contentMutations } from './list/content.ts';
import { exclusionMutations } from './list/exclusion.ts';
import { fleetMutations } from './list/fleet.ts';
import { orderMutations } from './list/order.ts';
import { permissionMutations } from './list/permissions.ts';
import { rareMutations } from './list/rare.ts';
import { rollbackMutations } from './list/rollback.ts';
import type { Mutation } from './mutation.ts';

/** Every bug that the mass simulation finds within a few runs. */
export const mutations: readonly Mutation[] = [
  ...contentMutations,
  ...orderMutations,
  ...rollbackMutations,
  ...exclusionMutations,
  ...fleetMutations,
  ...permissionMutations,
];

/** Those that are tried by name alone are among them. */
export const allMutations: readonly Mutation[] = [...mutations, ...rareMutations];
