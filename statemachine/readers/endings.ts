import type { FailureName } from '../../functions/domain/failures.ts';
import { pathTo } from '../record-path.ts';
import { definitions, statesIn } from './definitions.ts';

const lockLost = 'LockLost' satisfies FailureName;

const openEnds: ReadonlySet<string> = new Set(
  statesIn(definitions['rebuild-proxy']).flatMap(([title, state]) => {
    if (state.Type === 'Fail')
      return state.ErrorPath.startsWith(pathTo('rollbackFailure')) ? [title] : [];
    const catchers = 'Catch' in state ? state.Catch : [];
    return catchers.flatMap(({ ErrorEquals, Next }) =>
      ErrorEquals.includes(lockLost) ? [Next] : [],
    );
  }),
);

/**
 * Whether an execution of `rebuild-proxy` that ends in this state leaves the rollback to another execution,
 * because its own failed or because it lost the lock.
 */
export const leavesItToTheNext = (title: string): boolean => openEnds.has(title);
