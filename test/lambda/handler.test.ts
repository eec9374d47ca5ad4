import { describe, expect, test } from '@jest/globals';
import { handlerOf } from '../../functions/lambda/handler.ts';
import { keepAwakeEvent } from '../../functions/lambda/keep-awake.ts';
import type { Ports } from '../../functions/ports/ports.ts';
import { type StepName, steps } from '../../functions/steps/register.ts';
import { expectFailure } from '../contracts/failure.ts';
import { aRebuild, aRun, executionId } from '../steps/a-rebuild.ts';
import { portsOf } from '../steps/in-memory-ports.ts';

type Line = Readonly<Record<string, unknown>>;

const invoke = (name: StepName, event: unknown, ports: () => Promise<Ports>) => {
  const lines: Line[] = [];
  const answer = handlerOf(name, steps[name], ports, (line) => lines.push(line))(event);
  return { answer, lines };
};

const world = aRebuild();
const worldly = async (): Promise<Ports> => portsOf(world);
const nowhere = (): Promise<Ports> => Promise.reject(new Error('the ports were asked for'));

describe('a handler', () => {
  test('answers what its step answers', async () => {
    const { answer } = invoke('examineLock', aRun(world), worldly);

    expect(await answer).toMatchObject({ status: 'free', owner: executionId });
  });

  test.each<[string, unknown, string]>([
    ['that is null', null, 'the input of examineLock is invalid: input: '],
    ['that is no record', 'text', 'the input of examineLock is invalid: input: '],
    ['without what the step reads', { request: {} }, 'execution: '],
    ['of another shape', { ...aRun(world), execution: { id: 7 } }, 'execution.id: '],
  ])(
    'refuses an input %s by name and place, before anything is reached',
    async (_name, event, text) => {
      const { answer } = invoke('examineLock', event, nowhere);

      await expectFailure(answer, 'BadRequest', text);
    },
  );

  test('answers a call that keeps its function awake, and reaches nothing', async () => {
    const { answer, lines } = invoke('checkSync', keepAwakeEvent, nowhere);

    expect(await answer).toEqual({ status: 'awake' });
    expect(lines).toEqual([]);
  });

  test('does not take a record for such a call', async () => {
    const { answer } = invoke('examineLock', { ...keepAwakeEvent, request: {} }, nowhere);

    await expectFailure(answer, 'BadRequest', 'execution: ');
  });

  test('names everything that is wrong with its input', async () => {
    const { answer } = invoke('examineLock', {}, nowhere);

    await expectFailure(answer, 'BadRequest', /execution: .*; request: /);
  });

  test('lets a named failure leave by its name, which is what the state machine matches', async () => {
    const { answer } = invoke('readRequest', { request: { proxy: 'rome' } }, worldly);

    await expectFailure(answer, 'BadRequest', 'no proxy "rome"');
  });

  test('lets any other error leave as it is', async () => {
    const { answer } = invoke('examineLock', aRun(world), nowhere);

    await expect(answer).rejects.toThrow('the ports were asked for');
  });
});

describe('the log', () => {
  test('has one line per invocation: the step, the proxy, the duration and the outcome', async () => {
    const { answer, lines } = invoke('examineLock', aRun(world), worldly);
    await answer;

    expect(lines).toEqual([
      {
        step: 'examineLock',
        execution: executionId,
        proxy: 'berlin',
        durationMs: expect.any(Number),
        outcome: 'answered',
        status: 'free',
      },
    ]);
  });

  test('says for which execution, also of a step that does not read that', async () => {
    const { answer, lines } = invoke('admitInEmergency', aRun(world), worldly);
    await answer;

    expect(lines).toMatchObject([
      { execution: executionId, proxy: 'berlin', status: 'taken-care-of' },
    ]);
  });

  test('says by which failure it ended, and why', async () => {
    const { answer, lines } = invoke('readRequest', { request: {} }, worldly);
    await answer.catch(() => null);

    expect(lines).toMatchObject([
      {
        outcome: 'failed',
        failure: 'BadRequest',
        cause: expect.stringContaining('proxy: is missing'),
      },
    ]);
  });

  test.each<[string, unknown]>([
    ['is refused', { execution: 'seven', request: [], token: 'hunter2' }],
    ['has something else where it names itself', { execution: { id: { token: 'hunter2' } } }],
    ['is answered', { ...aRun(world), token: 'hunter2', plan: { token: 'hunter2' } }],
  ])('holds nothing of an input that %s', async (_name, event) => {
    const { answer, lines } = invoke('examineLock', event, worldly);
    await answer.catch(() => null);

    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain('hunter2');
  });

  test('holds nothing of an output but its status', async () => {
    const { answer, lines } = invoke(
      'readRequest',
      { request: { proxy: 'berlin', imageId: 'ami-0123beef' } },
      worldly,
    );

    expect(await answer).toMatchObject({ imageId: 'ami-0123beef' });
    expect(JSON.stringify(lines)).not.toContain('ami-0123beef');
  });
});
