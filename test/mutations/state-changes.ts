import type { Phase } from '../../functions/domain/record.ts';
import type { StepName } from '../../functions/steps/register.ts';
import type { State, TaskState } from '../../statemachine/asl.ts';
import { definitions } from '../../statemachine/readers/definitions.ts';
import { stepIn } from '../../statemachine/readers/tasks.ts';
import { releaseAfter } from '../statemachine/titles.ts';

type Change = (state: State) => State;

/** Whatever leads to one title leads to another; failures go where they went. */
export const leadElsewhere =
  (from: string, to: string): Change =>
  (state) => {
    const way = (title: string): string => (title === from ? to : title);
    if (state.Type === 'Choice') {
      const Choices = state.Choices.map((choice) => ({ ...choice, Next: way(choice.Next) }));
      return { ...state, Choices, Default: way(state.Default) };
    }
    return 'Next' in state && state.Next !== undefined
      ? { ...state, Next: way(state.Next) }
      : state;
  };

/** The task that runs a step gets other settings. */
export const changeTask =
  (step: StepName, settings: (task: TaskState) => Partial<TaskState>): Change =>
  (state) =>
    state.Type === 'Task' && stepIn(state) === step ? { ...state, ...settings(state) } : state;

const { States: states } = definitions['rebuild-proxy'];

const waitsFor = (state: State | undefined, release: string): boolean =>
  state?.Type === 'Wait' && state.Next === release;

/** What releases the lock at the end of a phase continues without releasing it. */
export const keepLock = (phase: Phase): Change => {
  const title = releaseAfter(phase);
  const release = states[title];
  const next = release?.Type === 'Task' ? release.Next : title;
  return (state) => (waitsFor(state, title) ? leadElsewhere(title, next)(state) : state);
};

/** Whether only the wait is left before the lock is released, or one task and the wait. */
const leadsToRelease = (title: string, release: string): boolean => {
  const state = states[title];
  const next = state?.Type === 'Task' ? state.Next : undefined;
  return waitsFor(state, release) || (next !== undefined && waitsFor(states[next], release));
};

/** A phase that ends with giving the lock up does so before its last step is ready. */
export const releaseEarly = (phase: Phase): Change => {
  const title = releaseAfter(phase);
  return (state) =>
    state.Type === 'Choice' && state.Choices.some(({ Next }) => leadsToRelease(Next, title))
      ? { ...state, Default: title }
      : state;
};
