import { describe, expect, test } from '@jest/globals';
import { phases } from '../../functions/domain/record.ts';
import { decisionOf } from '../../statemachine/readers/decisions.ts';
import { definitions } from '../../statemachine/readers/definitions.ts';
import { leavesItToTheNext } from '../../statemachine/readers/endings.ts';
import { isFirstUnderLock, releasesLock } from '../../statemachine/readers/lock.ts';
import { begins, isInPhase, phaseBegunBy } from '../../statemachine/readers/phases.ts';
import { substitutionsFor } from '../../statemachine/readers/placeholders.ts';
import { stepRunBy, stepsRunBy, taskTimeoutSecondsOf } from '../../statemachine/readers/tasks.ts';
import { taskOf, titleWhere } from './titles.ts';

const titles = Object.keys(definitions['rebuild-proxy'].States);
const states = Object.entries(definitions['rebuild-proxy'].States);

describe('a state', () => {
  test('begins a phase, or none', () => {
    const begun = titles.map(phaseBegunBy).filter((phase) => phase !== null);

    expect([...new Set(begun)].sort()).toEqual([...phases].sort());
    expect(phaseBegunBy(taskOf('rebuild-proxy', 'checkSync'))).toBeNull();
    expect(phaseBegunBy('')).toBeNull();
    expect(titles.filter(begins('fill', 'changeover'))).toHaveLength(2);
  });

  test('is in every phase that leads to it without another phase in between', () => {
    const isIn = (title: string) => phases.filter((phase) => isInPhase(title, phase));

    expect(isIn(taskOf('rebuild-proxy', 'checkSync'))).toEqual(['fill', 'changeover']);
    expect(isIn(taskOf('rebuild-proxy', 'settleProxy'))).toEqual(['settle']);
    expect(isIn(taskOf('rebuild-proxy', 'readRequest'))).toEqual([]);
  });

  test('runs a step, or none', () => {
    expect(stepRunBy(taskOf('rebuild-proxy', 'checkSync'))).toBe('checkSync');
    expect(stepRunBy(titleWhere('rebuild-proxy', ({ Type }) => Type === 'Wait'))).toBeNull();
    expect(stepRunBy('')).toBeNull();
    expect(stepsRunBy('rebuild-fleet')).toContain('planFleet');
    expect(taskTimeoutSecondsOf('startSync')).toBe(900);
  });

  test('releases the lock at the end of a rebuild, and after a complete rollback', () => {
    const releases = titles.filter(releasesLock);

    expect(releases).toHaveLength(2);
    expect(releases.filter((title) => isInPhase(title, 'settle'))).toHaveLength(1);
    expect(releases.filter((title) => isInPhase(title, 'rollback'))).toHaveLength(1);
    expect(titles.filter(isFirstUnderLock)).toHaveLength(1);
  });

  test('in which an execution fails says who takes care of what is left', () => {
    const fails = states.filter(([, { Type }]) => Type === 'Fail').map(([title]) => title);
    const afterRollback = fails.filter((title) => isInPhase(title, 'rollback'));

    expect(titles.filter(leavesItToTheNext)).toHaveLength(2);
    expect(afterRollback.filter((title) => !leavesItToTheNext(title))).toHaveLength(1);
    expect(titles.filter(leavesItToTheNext).every((title) => fails.includes(title))).toBe(true);
  });

  test('is a decision that a person should know of, or none', () => {
    expect(titles.filter(begins('rollback')).map(decisionOf)).toContain('rolling back');
    expect(decisionOf(taskOf('rebuild-proxy', 'checkSync'))).toBeNull();
  });
});

describe('placeholders', () => {
  const values = Object.fromEntries(
    [...stepsRunBy('rebuild-proxy'), 'partition', 'ledgerTable'].map((name) => [name, `a ${name}`]),
  );

  test('are filled, each with its value, and with no other', () => {
    expect(substitutionsFor('rebuild-proxy', { ...values, bakeProject: 'bake' })).toEqual(values);
  });

  test('are named with their file when one has no value', () => {
    const { checkSync: _, ...rest } = values;

    expect(() => substitutionsFor('rebuild-proxy', rest)).toThrow(
      'rebuild-proxy.asl.json: no value for ${checkSync}',
    );
  });
});
