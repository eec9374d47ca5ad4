import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { autoScaling } from '../../sandbox/aws/auto-scaling.ts';
import { dynamoDb } from '../../sandbox/aws/dynamodb.ts';
import { ec2 } from '../../sandbox/aws/ec2.ts';
import { elasticLoadBalancing } from '../../sandbox/aws/elastic-load-balancing.ts';
import { route53 } from '../../sandbox/aws/route53.ts';
import { Buckets, s3 } from '../../sandbox/aws/s3.ts';
import { ssm } from '../../sandbox/aws/ssm.ts';
import { stepFunctions } from '../../sandbox/aws/step-functions.ts';
import { injectedFaultNames, scheduledFaultNames } from '../../sandbox/faults/kinds.ts';
import { routes } from '../../sandbox/katello/routes.ts';
import { definitions, tasksIn } from '../../statemachine/readers/definitions.ts';
import { readMarkdown, rowsOf, sectionsOf } from './markdown.ts';

const page = readMarkdown('docs/fidelity.md');
const allRows = rowsOf(page.slice(page.indexOf('## Witnesses')));

/** Of all tables with four columns, without their heads. */
const behaviours = allRows.filter(
  ([first, ...others]) => others.length === 3 && first !== 'behaviour' && !first?.startsWith('---'),
);
const sectionText = (title: string): string =>
  sectionsOf(page).find((section) => section.title === title)?.text ?? '';
const faultRows = rowsOf(sectionText('Faults')).slice(2);

const codeIn = (cell = ''): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

const covered = new Set(behaviours.flatMap(([behaviour]) => codeIn(behaviour)));

const pair = (one = '', other = ''): readonly [string, string] => [one, other];
const witnesses = [
  ...behaviours.map(([behaviour, , witness]) => pair(behaviour, witness)),
  ...faultRows.map(([names, witness]) => pair(names, witness)),
];
const checks = behaviours.map(([behaviour, , , check]) => pair(behaviour, check));

/** Their handlers are asked for their names alone. */
const none = undefined as never;
const commands = [
  autoScaling(none, none),
  ec2(none, none, none, none, none),
  elasticLoadBalancing(none),
  ssm(none, none),
  route53(none, none, none),
  dynamoDb(none),
  s3(new Buckets(), none),
  stepFunctions(none, none, none),
].flatMap((handlers) => Object.keys(handlers).map((name) => name.replace(/Command$/, '')));

/** `codebuild:startBuild.sync`; a function is called by its own ARN. */
const integrations = [
  ...new Set(
    Object.values(definitions)
      .flatMap((definition) => tasksIn(definition))
      .flatMap(([, { Resource }]) => /:states:::(.+)$/.exec(Resource)?.[1] ?? []),
  ),
];

const folders = ['aws', 'engine', 'katello', 'world'] as const;
const files = folders.flatMap((folder) =>
  readdirSync(`sandbox/${folder}`).map((file) => `../sandbox/${folder}/${file}`),
);

describe('the table of witnesses', () => {
  test.each(commands)('has %s', (command) => {
    expect(covered).toContain(command);
  });

  test.each(integrations)('has %s', (integration) => {
    expect(covered).toContain(integration);
  });

  test.each(routes.map(({ method, path }) => [method, path] as const))(
    'has %s %s',
    (method, path) => {
      const named = [...covered].filter((code) => code.startsWith(`${method} `));

      expect(named.filter((code) => path.test(code.slice(method.length + 1)))).not.toEqual([]);
    },
  );

  test.each([...scheduledFaultNames, ...injectedFaultNames])('has the fault %s', (fault) => {
    expect(faultRows.flatMap(([names]) => codeIn(names))).toContain(fault);
  });

  test.each(files)('has %s', (file) => {
    expect(page).toContain(`[${basename(file, '.ts')}](${file})`);
  });

  test.each(witnesses)('names the source of %s, or says that there is none', (_, witness) => {
    expect(witness).toMatch(/^none: .{10}|\]\((https:\/\/|\.\.\/)/);
  });

  test.each(checks)('says how %s is checked', (_, check) => {
    expect(check).toMatch(/^(no|((model|contract|emulators|test)(, |$))+)$/);
  });

  test('has rows at all, each with four cells', () => {
    expect(behaviours.length).toBeGreaterThan(70);
    expect(integrations.length).toBeGreaterThan(2);
  });
});
