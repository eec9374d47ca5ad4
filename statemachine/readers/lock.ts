import type { State } from '../asl.ts';
import { definitions } from './definitions.ts';

const { States: states } = definitions['rebuild-proxy'];

const asksLedger = (state: State | undefined, call: 'putItem' | 'deleteItem'): boolean =>
  state?.Type === 'Task' && state.Resource.endsWith(`:dynamodb:${call}`);

const firstUnderLock: ReadonlySet<string> = new Set(
  Object.values(states).flatMap((state) =>
    state.Type === 'Task' && asksLedger(state, 'putItem') ? [state.Next] : [],
  ),
);

/** From this state on, an execution of `rebuild-proxy` holds the lock. */
export const isFirstUnderLock = (title: string): boolean => firstUnderLock.has(title);

/** Whether an execution of `rebuild-proxy` releases its lock in this state. */
export const releasesLock = (title: string): boolean => asksLedger(states[title], 'deleteItem');
