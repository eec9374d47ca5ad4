import { AsyncLocalStorage } from 'node:async_hooks';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { jest } from '@jest/globals';
import type { StepName } from '../../functions/steps/register.ts';
import { SimulatedService } from '../../sandbox/aws/simulated-service.ts';
import { runScenario } from '../../sandbox/run/run-scenario.ts';
import { readRunInput } from '../../sandbox/scenario/run-input.ts';
import { SimulatedWorld } from '../../sandbox/world/world.ts';

/** One call that a step has made of AWS. */
export interface Call {
  readonly step: StepName;
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
}

const folder = fileURLToPath(new URL('../../examples/scenarios/', import.meta.url));

/** Runs every example scenario, and hands over every call that a step makes meanwhile. */
export const callsOfAllScenarios = async (): Promise<readonly Call[]> => {
  const running = new AsyncLocalStorage<StepName>();
  const calls = new Map<string, Call>();
  const { send } = SimulatedService.prototype;
  const { handlers } = SimulatedWorld.prototype;
  jest.spyOn(SimulatedService.prototype, 'send').mockImplementation(function (
    this: SimulatedService<object, never>,
    command,
  ) {
    const step = running.getStore();
    const call = {
      command: command.constructor.name.replace(/Command$/, ''),
      input: command.input,
    };
    if (step !== undefined) calls.set(JSON.stringify([step, call]), { step, ...call } as Call);
    return send.call(this, command as never) as never;
  });
  jest.spyOn(SimulatedWorld.prototype, 'handlers').mockImplementation(function (
    this: SimulatedWorld,
    log,
  ) {
    const made = Object.entries(handlers.call(this, log)).map(([name, handler]) => [
      name,
      (event: unknown, context: unknown) =>
        running.run(name as StepName, () => handler(event, context)),
    ]);
    return Object.fromEntries(made);
  });
  for (const file of readdirSync(folder))
    await runScenario(readRunInput({ scenario: `${folder}${file}` }), { transport: 'in-process' });
  jest.restoreAllMocks();
  return [...calls.values()];
};
