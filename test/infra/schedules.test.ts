import { beforeAll, expect, test } from '@jest/globals';
import { schedules } from '../../deployment/schedules.ts';
import { exampleSettings, resourcesOf, synthesize, templateOf, withFleet } from './example.ts';

const usual = exampleSettings();
const elsewhere = withFleet(usual, (fleet) => ({
  ...fleet,
  cycle: { ...fleet.cycle, timeZone: 'America/New_York', limitDays: 28, softLimitDays: 20 },
}));

beforeAll(() => synthesize(usual, elsewhere), 120_000);

interface Properties {
  readonly Description: string;
  readonly ScheduleExpression: string;
  readonly ScheduleExpressionTimezone?: string;
  readonly StartDate?: unknown;
  readonly FlexibleTimeWindow: { readonly Mode: string; readonly MaximumWindowInMinutes?: number };
  readonly Target: {
    readonly Arn: unknown;
    readonly Input?: string;
    readonly RetryPolicy?: Readonly<Record<string, number>>;
    readonly DeadLetterConfig?: unknown;
  };
}

const targetOf = (arn: unknown) => {
  const [, id = ''] = /"(?:Ref|Fn::GetAtt)":\[?"([^"]+)/.exec(JSON.stringify(arn)) ?? [];
  return id.toLowerCase();
};

/** A schedule of the template, read without the code that wrote it. */
const scheduleIn = (properties: Properties) => ({
  description: properties.Description,
  expression: properties.ScheduleExpression,
  timeZone: properties.ScheduleExpressionTimezone ?? null,
  windowMinutes: properties.FlexibleTimeWindow.MaximumWindowInMinutes ?? null,
  mode: properties.FlexibleTimeWindow.Mode,
  startDate: JSON.stringify(properties.StartDate ?? null),
  target: targetOf(properties.Target.Arn),
  input: properties.Target.Input ?? null,
  retries: properties.Target.RetryPolicy ?? null,
  keepsDeadLetters: properties.Target.DeadLetterConfig !== undefined,
});

test.each([
  ['the example', usual],
  ['another time zone and cycle', elsewhere],
])('the schedules of %s are those that the sandbox obeys', (_name, settings) => {
  const own = resourcesOf(templateOf(settings, 'Controller'), 'AWS::Scheduler::Schedule').map(
    ({ Properties }) => scheduleIn(Properties as unknown as Properties),
  );
  const simulated = schedules(settings.fleet).map(
    ({ id: _, begins, retryPolicy, target, ...schedule }) => ({
      ...schedule,
      mode: schedule.windowMinutes === null ? 'OFF' : 'FLEXIBLE',
      startDate: begins === 'at-once' ? 'null' : expect.stringContaining('FirstRun'),
      target: expect.stringContaining(
        ('machine' in target ? target.machine.replace('-', '') : target.function).toLowerCase(),
      ),
      retries: retryPolicy && {
        MaximumEventAgeInSeconds: retryPolicy.maximumEventAgeInSeconds,
        MaximumRetryAttempts: retryPolicy.maximumRetryAttempts,
      },
      keepsDeadLetters: retryPolicy !== null,
    }),
  );
  const byDescription = <One extends { readonly description: string }>(all: readonly One[]) =>
    all.toSorted((one, other) => one.description.localeCompare(other.description));

  expect(byDescription(own)).toEqual(byDescription(simulated));
});
