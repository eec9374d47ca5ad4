import { cachedSecrets } from '../adapters/aws/ssm-secrets.ts';
import { systemClock } from '../adapters/system/clock.ts';
import type { Ports } from '../ports/ports.ts';
import type { StepName } from '../steps/register.ts';
import type { Step } from '../steps/step.ts';
import { ssm } from './clients.ts';
import { compose, type Wire, type Wiring } from './compose.ts';
import { readSettings } from './env.ts';
import type { Clients } from './environment.ts';
import { type Handler, handlerOf } from './handler.ts';
import type { Log } from './log-outcome.ts';

/** Not by `console`, which puts its own words before a line: so the log is JSON that can be searched. */
export const log: Log = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

/** The clients of these ports, and the one that every invocation reads the fleet with. */
const clientsOf = (wires: readonly Wire<unknown>[]): Clients => {
  const factories = Object.assign({ ssm }, ...wires.map(({ clients }) => clients));
  const made = Object.entries<() => unknown>(factories).map(([name, make]) => [name, make()]);
  return Object.fromEntries(made);
};

/** Clients and cached secrets are made once per cold start, the ports once per invocation. */
export const portsOfInvocation = <Wired>(wiring: Wiring<Wired>) => {
  const clients = clientsOf(Object.values(wiring));
  const environment = {
    ...clients,
    settings: readSettings(process.env),
    clock: systemClock,
    secrets: cachedSecrets(clients.ssm, systemClock),
  };
  return (proxy: string | null) => compose(wiring, environment, proxy);
};

/** The handler of the step that a function runs, which is bundled with the ports that this step needs. */
export const handlerFor = (
  name: StepName,
  step: Step,
  wiring: Wiring<Omit<Ports, 'clock' | 'fleet'>>,
): Handler => handlerOf(name, step, portsOfInvocation(wiring), log);
