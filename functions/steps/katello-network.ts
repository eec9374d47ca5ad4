import { portOf } from '../ports/port-methods.ts';
import { type StepName, steps } from './register.ts';

/** Ports that lead into the network of Katello and the proxies. */
const inNetwork: ReadonlySet<string> = new Set(['content', 'marker']);

/** Whether the function of a step has to be in the network of Katello. */
export const talksToKatello = (step: StepName): boolean =>
  steps[step].needs.some((method) => inNetwork.has(portOf(method)));

/** Every step whose function is in the network of Katello. */
export const stepsInNetwork: readonly StepName[] = (Object.keys(steps) as StepName[]).filter(
  talksToKatello,
);
