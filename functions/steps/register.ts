import * as all from './all.ts';
import type { Step } from './step.ts';

/** Every step by its task name, which is also the placeholder of its function in the state machines. */
export const steps = { ...all } as const satisfies Record<string, Step>;

export type StepName = keyof typeof steps;
