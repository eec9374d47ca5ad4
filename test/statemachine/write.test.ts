import { describe, expect, test } from '@jest/globals';
import { machineNames } from '../../functions/domain/resource-names.ts';
import { choose, is, isReady } from '../../statemachine/choices.ts';
import { readText } from '../../statemachine/readers/definitions.ts';
import { scope } from '../../statemachine/scope.ts';
import { begin, succeed, wait } from '../../statemachine/states.ts';
import { failuresLeadTo } from '../../statemachine/tasks.ts';
import { generated } from '../../statemachine/write.ts';

test.each(machineNames)('%s.asl.json is as its source writes it', (machine) => {
  const isWritten = readText(machine) === generated(machine);

  expect(isWritten ? '' : `statemachine/${machine}.asl.json: run "npm run asl"`).toBe('');
});

describe('a scope', () => {
  test('refuses a second state of a title', () => {
    expect(() =>
      scope('One', { One: wait(1, 'Two') }, { Two: succeed() }, { One: succeed() }),
    ).toThrow('two states are titled "One"');
  });

  test('does not compile with a transition to a state that is not there', () => {
    const { step, poll } = failuresLeadTo('Two');
    const two = { Two: succeed() };
    const titles = ['One', 'Ready?', 'Wait'] as const;

    // @ts-expect-error: where it starts
    scope('Three', { One: wait(1, 'Two') }, two);
    // @ts-expect-error: where a wait leads
    scope('One', { One: wait(1, 'Three') }, two);
    // @ts-expect-error: where the beginning of a phase leads
    scope('One', { One: begin('fill', 'Three') }, two);
    // @ts-expect-error: where a step leads
    scope('One', { One: step('startSync', { next: 'Three' }) }, two);
    // @ts-expect-error: where a failure leads
    scope('One', { One: step('startSync', { next: 'One' }) });
    // @ts-expect-error: where a step leads that is ready
    scope('One', poll('checkSync', { titles, next: 'Three' }), two);
    // @ts-expect-error: where a choice leads
    scope('One', { One: choose([[isReady('sync'), 'Three']], 'Two') }, two);
    expect(scope('One', poll('checkSync', { titles, next: 'Two' }), two).StartAt).toBe('One');
  });

  test('does not compile with a step, a phase, or a part of the record that nobody knows', () => {
    const { step, poll } = failuresLeadTo('Two');

    // @ts-expect-error: the step
    expect(() => step('startSink', { next: 'Two' })).toThrow();
    // @ts-expect-error: a step without a time to wait
    poll('settleProxy', { titles: ['One', 'Ready?', 'Wait'], next: 'Two' });
    // @ts-expect-error: the phase
    begin('full', 'Two');
    // @ts-expect-error: the section
    is('sink.status', 'again');
    // @ts-expect-error: the field
    is('sync.state', 'again');
    // @ts-expect-error: the value
    is('sync.status', 'once more');
    expect(is('sync.status', 'again')).toEqual({
      Variable: '$.sync.status',
      StringEquals: 'again',
    });
  });
});
