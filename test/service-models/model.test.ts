import { readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { models } from './model.ts';
import { operationsInUse } from './operations-in-use.ts';
import { unmodeledErrors } from './unmodeled-errors.ts';

const { botocore, services } = models();
const taken = Object.entries(services).map(
  ([service, { operations }]) => [service, Object.keys(operations)] as const,
);

describe('models.json', () => {
  test('has the operations that something calls, and no other (npm run service-models)', () => {
    expect(Object.fromEntries(taken)).toEqual(operationsInUse());
  });

  test('has every shape that one of its shapes refers to', () => {
    for (const { operations, shapes } of Object.values(services)) {
      const ends = Object.values(operations).flatMap(({ input, output }) => [input, output]);
      const parts = Object.values(shapes).flatMap(({ members, member, key, value }) => [
        ...Object.values(members ?? {}),
        member,
        key,
        value,
      ]);
      const missing = [...ends, ...parts].filter(
        (name) => name !== undefined && shapes[name] === undefined,
      );
      expect(missing).toEqual([]);
    }
  });

  test('has the figures that the page about fidelity gives', () => {
    const all = Object.values(services);
    const count = (part: 'operations' | 'shapes' | 'errors'): string =>
      all.reduce((sum, one) => sum + Object.keys(one[part]).length, 0).toLocaleString('en');
    const page = readFileSync('docs/fidelity.md', 'utf8').replaceAll(/\s+/g, ' ');

    expect(page).toContain(
      `from botocore ${botocore}: ${count('operations')} operations of ${all.length} services, ` +
        `with ${count('shapes')} shapes and ${count('errors')} errors`,
    );
  });

  test('stays small', () => {
    expect(statSync(new URL('models.json', import.meta.url)).size).toBeLessThan(300_000);
  });
});

describe('operations in use', () => {
  test.each([
    ['dynamodb', 'DeleteItem', 'the task of a state machine'],
    ['codebuild', 'StartBuild', 'the task of a state machine'],
    ['lambda', 'Invoke', 'the task of a state machine'],
    ['states', 'StopExecution', 'the command line'],
    ['ssm', 'DeleteParameter', 'a custom resource'],
    ['elasticloadbalancing', 'DescribeTargetHealth', 'an adapter'],
  ])('are found: %s.%s, of %s', (service, operation) => {
    expect(operationsInUse()[service]).toContain(operation);
  });
});

describe('errors that no model has', () => {
  const listed = Object.entries(unmodeledErrors).flatMap(([service, errors]) =>
    Object.entries(errors).map(([name, { source }]) => ({ service, name, source })),
  );

  test.each(listed)('$service $name is in no model, and has a source', (one) => {
    expect(Object.keys(services[one.service]?.errors ?? {})).not.toContain(one.name);
    expect(one.source).toMatch(/^https:\/\/(docs\.aws\.amazon\.com|github\.com)\/\S+$/);
  });
});
