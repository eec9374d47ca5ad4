import { beforeAll, expect, test } from '@jest/globals';
import { eventRules } from '../../deployment/event-rules.ts';
import { startRetryPolicy } from '../../deployment/retry-policy.ts';
import {
  exampleSettings,
  type Resource,
  resourcesOf,
  synthesize,
  templateOf,
  withFleet,
} from './example.ts';

const usual = exampleSettings();
const pinned = withFleet(usual, (fleet) => ({
  ...fleet,
  image: { ...fleet.image, base: { id: 'ami-0123456789abcdef0' } },
}));

beforeAll(() => synthesize(usual, pinned), 120_000);

interface Target {
  readonly Arn: unknown;
  readonly Input?: string;
  readonly InputTransformer?: {
    readonly InputPathsMap: Readonly<Record<string, string>>;
    readonly InputTemplate: string;
  };
  readonly RetryPolicy?: object;
}

/** References to the state machines and to the topic, by what the rules call them. */
const named = (reference: unknown): unknown => {
  const text = JSON.stringify(reference);
  if (text.includes('RebuildFleet')) return 'rebuild-fleet';
  if (text.includes('RebuildProxy')) return 'rebuild-proxy';
  return text.includes('AlarmTopic') ? 'alarm-topic' : reference;
};

/** A rule of the template, read without the code that wrote it. */
const ruleIn = ({ Properties }: Resource) => {
  const { Description, EventPattern, Targets } = Properties as unknown as {
    Description: string;
    EventPattern: { readonly detail: Readonly<Record<string, readonly unknown[]>> };
    Targets: readonly Target[];
  };
  const [target] = Targets;
  if (target === undefined || Targets.length !== 1) throw new Error(`${Description}: one target`);
  const { Input, InputTransformer, RetryPolicy } = target;
  const fields = Object.entries(EventPattern.detail).map(([field, conditions]) => [
    field,
    field === 'stateMachineArn' ? conditions.map(named) : conditions,
  ]);
  return {
    description: Description,
    pattern: { ...EventPattern, detail: Object.fromEntries(fields) },
    target: named(target.Arn),
    input:
      InputTransformer === undefined
        ? { constant: Input }
        : { paths: InputTransformer.InputPathsMap, template: InputTransformer.InputTemplate },
    retries: RetryPolicy,
  };
};

test.each([
  ['the example', usual],
  ['a fleet with a pinned base image', pinned],
])('the rules of %s are those that the sandbox obeys', (_name, settings) => {
  const rules = resourcesOf(templateOf(settings, 'Controller'), 'AWS::Events::Rule').map(ruleIn);
  const simulated = eventRules(settings.fleet, {
    'rebuild-fleet': 'rebuild-fleet',
    'rebuild-proxy': 'rebuild-proxy',
  }).map(({ id: _, ...rule }) => ({
    ...rule,
    retries:
      rule.target === 'alarm-topic'
        ? undefined
        : {
            MaximumEventAgeInSeconds: startRetryPolicy.maximumEventAgeInSeconds,
            MaximumRetryAttempts: startRetryPolicy.maximumRetryAttempts,
          },
  }));
  const byDescription = <Rule extends { readonly description: string }>(all: readonly Rule[]) =>
    all.toSorted((one, other) => one.description.localeCompare(other.description));

  expect(byDescription(rules)).toEqual(byDescription(simulated));
});

/** CloudFormation: "'null' values are not allowed in templates", https://github.com/aws/aws-cdk/issues/8660 */
test('no pattern contains null, with which CloudFormation would refuse the template', () => {
  const rules = resourcesOf(templateOf(usual, 'Controller'), 'AWS::Events::Rule');

  expect(rules.filter(({ Properties }) => JSON.stringify(Properties).includes('null'))).toEqual([]);
});
