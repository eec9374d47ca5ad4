import { describe, expect, test } from '@jest/globals';
import { eventRules } from '../../../deployment/event-rules.ts';
import { machineArn } from '../../../sandbox/engine/definitions.ts';
import type { Json } from '../../../sandbox/engine/state-event.ts';
import type { Simulation } from '../../../sandbox/run/simulation.ts';
import { readRunInput } from '../../../sandbox/scenario/run-input.ts';
import { type AwsEvent, parameterChange, statusChange } from '../../../sandbox/world/aws-events.ts';
import { place } from '../../../sandbox/world/deployed-fleet.ts';
import { matches } from '../../../sandbox/world/event-matching.ts';
import { inWorld } from '../../cli/operator-world.ts';

const { fleet } = readRunInput({});
const rules = eventRules(fleet, {
  'rebuild-fleet': machineArn(place, fleet.fleet, 'rebuild-fleet'),
  'rebuild-proxy': machineArn(place, fleet.fleet, 'rebuild-proxy'),
});
const idsOf = (event: AwsEvent): readonly string[] =>
  rules.filter(({ pattern }) => matches(pattern, event)).map(({ id }) => id);

const occurrence = { id: '315c1398-40ff-a850-213b-158f73e60175', at: new Date(0) };
const ended = (input: Json, status: 'FAILED' | 'SUCCEEDED' | 'ABORTED' | 'TIMED_OUT' = 'FAILED') =>
  statusChange(occurrence, {
    arn: `${machineArn(place, fleet.fleet, 'rebuild-proxy').replace('stateMachine', 'execution')}:one`,
    stateMachineArn: machineArn(place, fleet.fleet, 'rebuild-proxy'),
    name: 'one',
    status,
    startedAt: new Date(0),
    stoppedAt: new Date(1000),
    input,
    output: null,
  });

describe('the rules of the deployment', () => {
  test.each(['FAILED', 'ABORTED', 'TIMED_OUT'] as const)(
    'follow a rebuild that is %s',
    (status) => {
      expect(idsOf(ended({ proxy: 'eu-north' }, status))).toEqual(['Rollback1']);
    },
  );

  test('follow no rebuild that succeeded', () => {
    expect(idsOf(ended({ proxy: 'eu-north' }, 'SUCCEEDED'))).toEqual([]);
  });

  test.each([
    ['a rollback by hand', { proxy: 'eu-north', reason: 'rollback' }, ['Rollback1']],
    ['the first rollback', { reason: 'rollback', attempt: '1 of 3' }, ['Rollback2']],
    ['the second rollback', { reason: 'rollback', attempt: '2 of 3' }, ['Rollback3']],
    ['the third rollback', { reason: 'rollback', attempt: '3 of 3' }, []],
  ])('let %s be followed as often as that is left', (_name, input, expected) => {
    expect(idsOf(ended(input))).toEqual(expected);
  });

  test('follow a rebuild whose input the event leaves out, as null or not at all', () => {
    const event = ended({ proxy: 'eu-north', imageId: 'x'.repeat(260_000) });
    const { input, ...detail } = event.detail as { input: unknown };

    expect(event.detail).toMatchObject({ input: null, inputDetails: { included: false } });
    expect(input).toBeNull();
    expect(idsOf(event)).toEqual(['Rollback1']);
    expect(idsOf({ ...event, detail })).toEqual(['Rollback1']);
  });

  test('take a change of the base image, and none of another parameter', () => {
    const base = 'parameter' in fleet.image.base ? fleet.image.base.parameter : '';
    const changed = (name: string, version: number) =>
      idsOf(
        parameterChange(occurrence, {
          name,
          type: 'String',
          key: null,
          value: '',
          version,
          modifiedAt: 0,
        }),
      );

    expect(changed(base, 2)).toEqual(['BaseImage']);
    expect(changed(base, 1)).toEqual([]);
    expect(changed('/smart-proxy-rebuilder/europe/images/current', 2)).toEqual([]);
  });
});

const rollbacksIn = ({ executions }: Simulation) =>
  executions.all().filter(({ name }) => name.startsWith('rollback-'));

describe('a rebuild that is stopped', () => {
  test('is followed by three rollbacks at most, each with the ARN of the one before alone', async () => {
    const world = await inWorld(async ({ simulation, call, untilPhase, sleep }) => {
      await call('start --proxies eu-north');
      await untilPhase('eu-north', 'fill');
      const [, rebuild] = simulation.executions.all();
      rebuild?.stop();
      for (let stopped = 0; stopped < 3; stopped += 1) {
        await sleep(5);
        rollbacksIn(simulation)[stopped]?.stop();
      }
      await sleep(600);
    });

    const rollbacks = rollbacksIn(world);
    const followed = [world.executions.all()[1], ...rollbacks].slice(0, 3);
    expect(rollbacks.map(({ input }) => input)).toEqual(
      followed.map((execution, index) => ({
        reason: 'rollback',
        attempt: `${index + 1} of 3`,
        interrupted: execution?.arn,
      })),
    );
  });
});

test('a new base image starts the fleet', async () => {
  const world = await inWorld(async ({ simulation, sleep }) => {
    simulation.world.aws.parameters.put('/smart-proxies/europe/base-image', 'ami-0ba5e0000000000c');
    await sleep(60);
  });

  expect(world.executions.all()[0]).toMatchObject({
    machine: 'rebuild-fleet',
    input: { reason: 'scheduled' },
  });
});
