import { describe, expect, test } from '@jest/globals';
import aslValidator from 'asl-validator';
import { isFailureName } from '../../functions/domain/failures.ts';
import { phases } from '../../functions/domain/record.ts';
import { machineNames } from '../../functions/domain/resource-names.ts';
import { runSchema } from '../../functions/domain/run.ts';
import { steps } from '../../functions/steps/register.ts';
import { stepOf, substitutions } from '../../sandbox/engine/definitions.ts';
import { ledgerTable, place } from '../../sandbox/world/deployed-fleet.ts';
import { type AslMachine, filledAsl, rawAsl, scopesOf, statesOf, successorsOf } from './asl.ts';

const reachable = ({ StartAt, States }: AslMachine): ReadonlySet<string> => {
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

const isBuiltIn = (error: string): boolean =>
  /^(States|Lambda|DynamoDB|CodeBuild|StepFunctions)\.\w+$/.test(error) || error === 'TimeoutError';

/** Fields of the record that a path names, `$.launch.instanceId` being `['launch', 'instanceId']`. */
const pathsIn = (text: string): readonly (readonly string[])[] =>
  [...text.matchAll(/"\$\.([\w.]+)"/g)].map(([, path = '']) => path.split('.'));

describe.each(machineNames)('%s', (name) => {
  const machine = filledAsl(name);
  const tasks = statesOf(machine).filter(({ Type }) => Type === 'Task');

  test('is valid Amazon States Language', () => {
    const { isValid, errorsText } = aslValidator(machine as never, {
      checkArn: true,
      checkPaths: true,
    });

    expect(isValid ? '' : errorsText('\n')).toBe('');
  });

  test('has no state that cannot be reached, and leads to none that is not there', () => {
    for (const scope of scopesOf(machine)) {
      const names = Object.keys(scope.States);
      const targets = Object.values(scope.States).flatMap(successorsOf);

      expect(names.filter((state) => !reachable(scope).has(state))).toEqual([]);
      expect(targets.filter((target) => !names.includes(target))).toEqual([]);
    }
  });

  test('matches only errors that a step throws or a service is known for', () => {
    const matched = statesOf(machine).flatMap(({ Retry = [], Catch = [] }) =>
      [...Retry, ...Catch].flatMap(({ ErrorEquals }) => ErrorEquals),
    );

    expect(matched.filter((error) => !isFailureName(error) && !isBuiltIn(error))).toEqual([]);
  });

  test('gives every task a time limit, a retry with jitter, and a catch for everything', () => {
    const lacking = tasks.filter(
      ({ TimeoutSeconds, Retry = [], Catch = [] }) =>
        TimeoutSeconds === undefined ||
        Retry.length === 0 ||
        Retry.some(
          ({ JitterStrategy, MaxAttempts }) =>
            JitterStrategy !== 'FULL' || MaxAttempts === undefined,
        ) ||
        Catch.at(-1)?.ErrorEquals[0] !== 'States.ALL',
    );

    expect(lacking.map((task) => task.name)).toEqual([]);
    expect(machine.TimeoutSeconds).toBeGreaterThan(0);
  });

  test('has no placeholder that a deployment does not fill', () => {
    const known = Object.keys(substitutions(place, ledgerTable));
    const used = [...rawAsl(name).matchAll(/\$\{(\w+)\}/g)].map(([, key]) => key);

    expect(used.filter((key) => key !== undefined && !known.includes(key))).toEqual([]);
    expect(used).not.toEqual([]);
  });

  test('waits in Wait states only, each as long as a step has said or a short fixed time', () => {
    const waits = statesOf(machine).filter(({ Type }) => Type === 'Wait');

    expect(
      waits
        .filter((wait) => wait.SecondsPath === undefined && !('TimestampPath' in wait))
        .map((wait) => wait.name),
    ).toEqual(
      name === 'rebuild-proxy'
        ? [
            'Wait for the lock to settle',
            'Wait for late requests of before',
            'Wait for late requests',
            'Wait for late requests after putting back',
          ]
        : [],
    );
  });

  test('ends every failure in Fail with the error that came first', () => {
    const fails = statesOf(machine).filter(({ Type }) => Type === 'Fail');

    expect(fails).not.toEqual([]);
    for (const { ErrorPath } of fails)
      expect(ErrorPath).toMatch(/^\$\.(\w+\.)?(failure|restoreFailure)\.Error$/);
  });
});

describe('both machines', () => {
  test('run every step of the register, and nothing that is not there', () => {
    const functions = machineNames.flatMap((name) =>
      statesOf(filledAsl(name)).map(({ Resource = '' }) => stepOf(Resource)),
    );
    const used = new Set(functions.filter((step) => step !== null));

    expect([...used].sort()).toEqual(Object.keys(steps).sort());
  });

  test('write the answer of a step into the section that the step declares', () => {
    const written = machineNames.flatMap((name) =>
      statesOf(filledAsl(name)).flatMap(({ Resource = '', ResultPath }) => {
        const step = stepOf(Resource);
        return step === null ? [] : [[step, ResultPath] as const];
      }),
    );

    expect(written).toEqual(written.map(([step]) => [step, `$.${steps[step].writes}`]));
  });

  test('retry every transient failure wherever a step may throw it', () => {
    const retried = statesOf(filledAsl('rebuild-proxy'))
      .filter(
        ({ Resource = '', name }) => stepOf(Resource) !== null && !name.startsWith('Tell Slack'),
      )
      .map(({ name, Retry = [] }) => ({
        name,
        errors: Retry.flatMap(({ ErrorEquals }) => ErrorEquals),
      }));

    for (const { errors } of retried)
      expect(errors).toEqual(
        expect.arrayContaining(['AwsUnavailable', 'KatelloUnavailable', 'RecordChanged']),
      );
  });
});

describe('rebuild-proxy', () => {
  test('notes the beginning of every phase, and of nothing else', () => {
    const begun = [...rawAsl('rebuild-proxy').matchAll(/"\$\.phases\.(\w+)",\n\s+"Next"/g)].map(
      ([, phase]) => phase,
    );

    expect([...new Set(begun)].sort()).toEqual([...phases].sort());
  });

  test('reads only sections of the record that it or a step writes', () => {
    const written = [...rawAsl('rebuild-proxy').matchAll(/"ResultPath": "\$\.(\w+)/g)].map(
      ([, section]) => section,
    );
    const known = [...Object.keys(runSchema.shape), ...written];

    expect(
      pathsIn(rawAsl('rebuild-proxy'))
        .map(([section]) => section)
        .filter((section) => !known.includes(section)),
    ).toEqual([]);
  });
});
