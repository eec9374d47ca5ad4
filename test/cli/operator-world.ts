import type { Environment } from '../../cli/environment.ts';
import { run } from '../../cli/run.ts';
import type { Fault } from '../../sandbox/faults/fault.ts';
import { Simulation } from '../../sandbox/run/simulation.ts';
import { readRunInput } from '../../sandbox/scenario/run-input.ts';
import { inProcess } from '../../sandbox/world/katello-transport.ts';
import type { TextStream } from '../../terminal/stream.ts';
import { aStream } from '../terminal/a-stream.ts';

/** What a call of the command line came to. */
export interface Called {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Somebody at a terminal, in a simulated world. */
export interface Operator {
  readonly simulation: Simulation;
  /** Runs `rebuilder <words>`, in virtual time. */
  readonly call: (
    words: string,
    variables?: Readonly<Record<string, string>>,
    terminal?: Omit<TextStream, 'write'>,
  ) => Promise<Called>;
  /** The document that `rebuilder <words> --json` prints. */
  readonly json: (words: string) => Promise<unknown>;
  readonly sleep: (seconds: number) => Promise<void>;
  /** Sleeps until that phase of that proxy has begun. */
  readonly untilPhase: (proxy: string, phase: string) => Promise<void>;
}

const europe = { SMART_PROXY_FLEET: 'europe' };

/** A world in which `cancel` never sees what EventBridge has started. */
export const deaf = { ...europe };

const withoutRollbacks = (sfn: Environment['sfn']): Environment['sfn'] => ({
  send: async (command) => {
    const answer = await sfn.send(command);
    if (!('executions' in answer) || !Array.isArray(answer.executions)) return answer;
    const executions = answer.executions.filter(
      ({ name }) => name?.startsWith('rollback-') !== true,
    );
    return { ...answer, executions };
  },
});

const environmentOf = ({ world, kernel }: Simulation): Environment => ({
  clock: { now: () => new Date(kernel.now()) },
  sleep: (seconds) => new Promise((resolve) => kernel.after(seconds, resolve)),
  autoScaling: world.aws.autoScaling,
  dynamoDb: world.aws.dynamoDb,
  ec2: world.aws.ec2,
  sfn: world.aws.sfn,
  ssm: world.aws.ssm,
});

const operatorOf = (simulation: Simulation): Operator => {
  const environment = environmentOf(simulation);
  const call: Operator['call'] = async (words, variables = europe, terminal = {}) => {
    const [stdout, stderr] = [aStream(terminal), aStream()];
    const exitCode = await run(words.split(' ').filter(Boolean), {
      stdout: stdout.stream,
      stderr: stderr.stream,
      variables,
      connect: () =>
        variables === deaf
          ? { ...environment, sfn: withoutRollbacks(environment.sfn) }
          : environment,
    });
    return { exitCode, stdout: stdout.lines().join('\n'), stderr: stderr.lines().join('\n') };
  };
  return {
    simulation,
    call,
    json: async (words) => JSON.parse((await call(`${words} --json`)).stdout),
    sleep: environment.sleep,
    untilPhase: async (proxy, phase) => {
      let isBegun = false;
      simulation.kernel.observe((event) => {
        isBegun ||= event.kind === 'phase' && event.proxy === proxy && event.text === phase;
      });
      while (!isBegun) await environment.sleep(10);
    },
  };
};

/** Lets an operator work in the world of the example fleet, and gives the simulation when all has ended. */
export const inWorld = async (
  work: (operator: Operator) => Promise<void>,
  {
    faults = [],
    ageDays = 20,
    idleDays = 0,
  }: {
    readonly faults?: readonly Fault[];
    readonly ageDays?: number;
    readonly idleDays?: number;
  } = {},
): Promise<Simulation> => {
  const { scenario, fleet } = readRunInput({});
  const simulation = new Simulation({
    fleet,
    seed: scenario.seed,
    startAt: new Date('2026-01-10T22:00:00Z'),
    incumbent: () => ({ ageDays, verifiedDaysAgo: ageDays }),
    idleDays,
    durations: scenario.durations,
    faults,
    katello: inProcess(),
    past: () => ({ durationsSeconds: { provision: [900], fill: [7200] } }),
  });
  await simulation.run(() => work(operatorOf(simulation)));
  return simulation;
};
