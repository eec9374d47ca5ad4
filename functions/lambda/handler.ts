import middy from '@middy/core';
import { NamedFailure } from '../domain/failures.ts';
import type { Ports } from '../ports/ports.ts';
import type { StepName } from '../steps/register.ts';
import type { Step } from '../steps/step.ts';
import { isKeepAwake } from './keep-awake.ts';
import { limitAnswer, limitCause } from './limits.ts';
import { type Log, logOutcome } from './log-outcome.ts';

const problemsOf = (issues: readonly { path: readonly PropertyKey[]; message: string }[]): string =>
  issues
    .map(({ path, message }) => `${path.map(String).join('.') || 'input'}: ${message}`)
    .join('; ');

/** Narrows the execution's record to what the step reads; a record of another shape is a failure by name. */
const parseInput = (name: StepName, { input }: Step) => ({
  before: (request: { event: unknown }): void => {
    const parsed = input.safeParse(request.event);
    if (!parsed.success) {
      throw new NamedFailure(
        'BadRequest',
        `the input of ${name} is invalid: ${problemsOf(parsed.error.issues)}`,
      );
    }
    request.event = parsed.data;
  },
});

export type Handler = (event: unknown, context?: unknown) => Promise<unknown>;

/** The Lambda handler of one step: parse, build the ports, run, log how it ended, keep to the limits. */
export const handlerOf = (
  name: StepName,
  step: Step,
  ports: (proxy: string | null) => Promise<Ports>,
  log: Log,
): Handler => {
  const handler = middy()
    // Comes last for errors: the log gets the whole cause, the execution what it can carry.
    .use(limitCause())
    .use(logOutcome(name, log))
    .use(limitAnswer(name))
    .use(parseInput(name, step))
    .handler(async (event: unknown) =>
      step.run(await ports(step.proxyOf?.(event) ?? null), event),
    ) as Handler;
  return async (event, context) =>
    isKeepAwake(event) ? { status: 'awake' } : handler(event, context);
};
