import { contentMutations } from './list/content.ts';
import { exclusionMutations } from './list/exclusion.ts';
import { fleetMutations } from './list/fleet.ts';
import { orderMutations } from './list/order.ts';
import { restoreMutations } from './list/restore.ts';
import type { Mutation } from './mutation.ts';

/** Every bug that the mass simulation is expected to find. */
export const mutations: readonly Mutation[] = [
  ...contentMutations,
  ...orderMutations,
  ...restoreMutations,
  ...exclusionMutations,
  ...fleetMutations,
];
