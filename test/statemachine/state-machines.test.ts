import { describe, expect, test } from '@jest/globals';
import aslValidator from 'asl-validator';
import { z } from 'zod';
import {
  defectNames,
  type FailureName,
  failures,
  isFailureName,
} from '../../functions/domain/failures.ts';
import { phases } from '../../functions/domain/record.ts';
import { machineNames } from '../../functions/domain/resource-names.ts';
import { runSchema } from '../../functions/domain/run.ts';
import { talksToKatello } from '../../functions/steps/katello-network.ts';
import { steps } from '../../functions/steps/register.ts';
import { substitutions } from '../../sandbox/engine/definitions.ts';
import { ledgerTable, place } from '../../sandbox/world/deployed-fleet.ts';
import type { Retriers, Scope, State, TaskState } from '../../statemachine/asl.ts';
import {
  definitions,
  readText,
  scopesIn,
  statesIn,
  successorsOf,
  tasksIn,
} from '../../statemachine/readers/definitions.ts';
import { releasesLock } from '../../statemachine/readers/lock.ts';
import { fill } from '../../statemachine/readers/placeholders.ts';
import { stepIn, stepsRunBy } from '../../statemachine/readers/tasks.ts';
import { taskErrors } from '../service-models/task-errors.ts';

const renewalIn = (retriers: Retriers) =>
  retriers.find(({ ErrorEquals }) => ErrorEquals.join() === 'KatelloRejectsCredentials');

const asksKatello = (task: TaskState): boolean => {
  const step = stepIn(task);
  return step !== null && talksToKatello(step);
};

const reachable = ({ StartAt, States }: Scope): ReadonlySet<string> => {
  const seen = new Set<string>();
  const queue = [StartAt];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const state = States[name];
    if (seen.has(name) || state === undefined) continue;
    seen.add(name);
    queue.push(...successorsOf(state));
  }
  return seen;
};

const errorsOfAws = taskErrors();

const isBuiltIn = (error: string): boolean =>
  errorsOfAws.has(error) || defectNames.some((name) => name === error);

const catchersOf = (state: State) => ('Catch' in state ? state.Catch : []);

/** Fields of the record that a path names, `$.launch.instanceId` being `['launch', 'instanceId']`. */
const pathsIn = (text: string): readonly (readonly string[])[] =>
  [...text.matchAll(/"\$\.([\w.]+)"/g)].map(([, path = '']) => path.split('.'));

describe.each(machineNames)('%s', (name) => {
  const machine = definitions[name];
  const states = statesIn(machine).map(([, state]) => state);
  const tasks = tasksIn(machine);

  test('is valid Amazon States Language', () => {
    const filled = fill(name, substitutions(place, 'europe', ledgerTable));
    const { isValid, errorsText } = aslValidator(filled, { checkArn: true, checkPaths: true });

    expect(isValid ? '' : errorsText('\n')).toBe('');
  });

  test('has no state that cannot be reached, and leads to none that is not there', () => {
    for (const scope of scopesIn(machine)) {
      const names = Object.keys(scope.States);
      const targets = Object.values(scope.States).flatMap(successorsOf);

      expect(names.filter((state) => !reachable(scope).has(state))).toEqual([]);
      expect(targets.filter((target) => !names.includes(target))).toEqual([]);
    }
  });

  test('has each title once, inside of maps too', () => {
    const titles = statesIn(machine).map(([title]) => title);

    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  test('matches only errors that a step throws or a service is known for', () => {
    const matched = [...states.flatMap(catchersOf), ...tasks.flatMap(([, { Retry }]) => Retry)];
    const errors = matched.flatMap(({ ErrorEquals }) => ErrorEquals);

    expect(errors.filter((error) => !isFailureName(error) && !isBuiltIn(error))).toEqual([]);
  });

  test('gives every task a time limit, a retry with jitter, and a catch for everything', () => {
    const lacking = tasks.filter(
      ([, { TimeoutSeconds, Retry, Catch }]) =>
        !(TimeoutSeconds > 0) ||
        Retry.length === 0 ||
        Retry.at(-1)?.MaxAttempts === 0 ||
        Retry.some((each) => each.MaxAttempts !== 0 && !('JitterStrategy' in each)) ||
        Catch.at(-1)?.ErrorEquals[0] !== 'States.ALL',
    );

    expect(lacking.map(([title]) => title)).toEqual([]);
    expect(machine.TimeoutSeconds).toBeGreaterThan(0);
  });

  test('has no placeholder that a deployment does not fill', () => {
    const known = Object.keys(substitutions(place, 'europe', ledgerTable));
    const used = [...readText(name).matchAll(/\$\{(\w+)\}/g)].map(([, key]) => key);

    expect(used.filter((key) => key !== undefined && !known.includes(key))).toEqual([]);
    expect(used).not.toEqual([]);
    expect(() => fill(name, {})).toThrow(`${name}.asl.json: no value for \${`);
  });

  test('waits in Wait states only, each as long as a step has said or a short fixed time', () => {
    const waits = states.filter((state) => state.Type === 'Wait');
    const fixed = waits.filter(
      ({ SecondsPath, TimestampPath }) => SecondsPath === undefined && TimestampPath === undefined,
    );

    expect(fixed.map(({ Seconds }) => Seconds)).toEqual(
      name === 'rebuild-proxy' ? [5, 60, 60, 60] : [],
    );
  });

  test('ends every failure in Fail with the error that came first', () => {
    const fails = states.filter((state) => state.Type === 'Fail');

    expect(fails).not.toEqual([]);
    for (const { ErrorPath } of fails)
      expect(ErrorPath).toMatch(/^\$\.(\w+\.)?(failure|rollbackFailure)\.Error$/);
  });
});

describe('both machines', () => {
  test('run every step of the register, and nothing that is not there', () => {
    const used = new Set(machineNames.flatMap(stepsRunBy));

    expect([...used].sort()).toEqual(Object.keys(steps).sort());
  });

  test('write the answer of a step into the section that the step declares', () => {
    const written = machineNames.flatMap((name) =>
      tasksIn(definitions[name]).flatMap(([, task]) => {
        const step = stepIn(task);
        return step === null ? [] : [[step, task.ResultPath] as const];
      }),
    );

    expect(written).not.toEqual([]);
    expect(written).toEqual(written.map(([step]) => [step, `$.${steps[step].writes}`]));
  });

  /** What a rollback needs waits for a permission that is denied. */
  const onTheWayToRollback = ['Read request', 'Examine lock', 'Roll back'];

  test('retry a step after every error but our own that last, and defects of our code', () => {
    const lasting = [
      ...(Object.keys(failures) as FailureName[]).filter((name) => !failures[name].transient),
      ...defectNames,
    ];
    const ofSteps = machineNames
      .flatMap((machine) => tasksIn(definitions[machine]))
      .filter(([, task]) => stepIn(task) !== null);

    expect(ofSteps).not.toEqual([]);
    for (const [title, { Retry }] of ofSteps) {
      const ErrorEquals = lasting.filter(
        (name) => name !== 'AwsForbids' || !onTheWayToRollback.includes(title),
      );
      const others = Retry.filter((each) => each !== renewalIn(Retry));
      expect([title, others[0]]).toEqual([title, { ErrorEquals, MaxAttempts: 0 }]);
      expect([title, others.slice(1).map(({ ErrorEquals }) => ErrorEquals)]).toEqual([
        title,
        [['States.ALL']],
      ]);
    }
  });

  test('wait for a renewed token, with fewer logins than Foreman counts', () => {
    const asking = machineNames
      .flatMap((machine) => tasksIn(definitions[machine]))
      // What follows a rollback answers that Katello rejects it, and asks again later than Foreman forgets.
      .filter(
        ([, task]) =>
          asksKatello(task) && !['rollBackProxy', 'refillProxy'].includes(stepIn(task) ?? ''),
      );

    // Foreman forgets failed logins after that time.
    const beyondFiveMinutes = 330;

    expect(asking.length).toBeGreaterThan(5);
    for (const [title, { Retry }] of asking) {
      expect([title, renewalIn(Retry)]).toEqual([title, Retry[0]]);
      expect([title, Retry[0]]).toMatchObject([
        title,
        {
          IntervalSeconds: beyondFiveMinutes,
          BackoffRate: 1,
          JitterStrategy: 'NONE',
          MaxAttempts: 3,
        },
      ]);
    }
  });

  test('retry the lock after every error but a refused condition, which ends the task at once', () => {
    const ofLock = machineNames
      .flatMap((machine) => tasksIn(definitions[machine]))
      .filter(([, { Resource }]) => Resource.includes(':dynamodb:'));

    expect(ofLock).not.toEqual([]);
    for (const [, { Retry }] of ofLock) {
      expect(Retry.map(({ ErrorEquals }) => ErrorEquals)).toEqual([
        ['DynamoDB.ConditionalCheckFailedException'],
        ['States.ALL'],
      ]);
      expect(Retry[0]?.MaxAttempts).toBe(0);
    }
  });

  test.each(machineNames)(
    '%s writes nothing that a Catch has met where nobody reads it',
    (name) => {
      const states = statesIn(definitions[name]);
      const texts = states.map(([, state]) =>
        JSON.stringify({ ...state, Catch: [], ResultPath: '' }),
      );
      const read = states.flatMap(([, state]) => {
        const step = stepIn(state);
        return step === null
          ? []
          : Object.keys(
              z.toJSONSchema(steps[step].input, { unrepresentable: 'any', io: 'input' })
                .properties ?? {},
            );
      });
      const caught = states
        .flatMap(([, state]) => catchersOf(state))
        .map(({ ResultPath }) => ResultPath);
      const unread = caught.filter(
        (path) =>
          path !== null &&
          !read.includes(path.replace('$.', '')) &&
          !texts.some((text) => text.includes(`"${path}.`) || text.includes(`"${path}"`)),
      );

      expect(caught).not.toEqual([]);
      expect(unread).toEqual([]);
    },
  );

  test.each(machineNames)('%s lets only an error go by silently that it names', (name) => {
    const silent = statesIn(definitions[name])
      .flatMap(([, state]) => catchersOf(state))
      .filter(({ ResultPath }) => ResultPath === null);

    expect(silent.flatMap(({ ErrorEquals }) => ErrorEquals)).toEqual(
      silent.map(() => 'DynamoDB.ConditionalCheckFailedException'),
    );
  });

  test('never start a build or a rebuild again whose work itself has failed', () => {
    const ofWork = machineNames
      .flatMap((machine) => tasksIn(definitions[machine]))
      .filter(([, { Resource }]) => Resource.includes('.sync'));

    expect(ofWork).toHaveLength(2);
    for (const [, { Retry }] of ofWork)
      expect(Retry.flatMap(({ ErrorEquals }) => ErrorEquals)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^States\./)]),
      );
  });
});

describe('rebuild-proxy', () => {
  test('notes the beginning of every phase, and of nothing else', () => {
    const begun = statesIn(definitions['rebuild-proxy']).flatMap(([, state]) =>
      state.Type === 'Pass' && state.ResultPath?.startsWith('$.phases.') === true
        ? [state.ResultPath.replace('$.phases.', '')]
        : [],
    );

    expect([...new Set(begun)].sort()).toEqual([...phases].sort());
  });

  test('keeps the lock for a minute after whatever was changed', () => {
    const before = statesIn(definitions['rebuild-proxy'])
      .map(([, state]) => state)
      .filter((state) => successorsOf(state).some(releasesLock));

    // The choice finds that nothing is to do.
    expect(before.map(({ Type }) => Type).sort()).toEqual(['Choice', 'Wait', 'Wait']);
    for (const state of before) if (state.Type === 'Wait') expect(state.Seconds).toBe(60);
  });

  test('reads only sections of the record that it or a step writes', () => {
    const text = readText('rebuild-proxy');
    const written = [...text.matchAll(/"ResultPath": "\$\.(\w+)/g)].map(([, section]) => section);
    const known = [...Object.keys(runSchema.shape), ...written];

    expect(
      pathsIn(text)
        .map(([section]) => section)
        .filter((section) => !known.includes(section)),
    ).toEqual([]);
  });
});
