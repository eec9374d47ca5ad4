import { describe, expect, test } from '@jest/globals';
import {
  permissionsOfHealthMetrics,
  permissionsOfStep,
} from '../../deployment/permissions/functions.ts';
import { permissionsOfMachine } from '../../deployment/permissions/machines.ts';
import type { MachineName } from '../../functions/domain/resource-names.ts';
import { machineNames } from '../../functions/domain/resource-names.ts';
import { type StepName, steps } from '../../functions/steps/register.ts';
import type { Settings } from '../../infra/settings.ts';
import type { Statement } from '../../sandbox/aws/iam/policy.ts';
import { functionArn } from '../../sandbox/engine/definitions.ts';
import { place, secretsKey } from '../../sandbox/world/deployed-fleet.ts';
import { deployedContext } from '../../sandbox/world/deployed-roles.ts';
import {
  exampleSettings,
  functionOf,
  resourceOf,
  resourcesOf,
  statementsOfRole,
  synthesize,
  type Template,
  templateOf,
  withFleet,
} from './example.ts';
import { allowanceOf, arnText } from './iam.ts';

/** The roles of a deployment, read from its templates, are those that the sandbox asks. */
const withKeys = exampleSettings({ secretsKey });
const oneNamed = withFleet(exampleSettings(), (fleet) => ({
  ...fleet,
  image: { ...fleet.image, base: { parameter: '/aws/service/base-image' } },
  proxies: fleet.proxies.slice(0, 2).map(({ controlName: _, ...proxy }) => proxy),
}));
const pinned = withFleet(withKeys, (fleet) => ({
  ...fleet,
  image: { ...fleet.image, base: { id: 'ami-0ba5e00000000000b' } },
}));
synthesize(withKeys, oneNamed, pinned);

const contextOf = ({ fleet, secretsKey: key }: Settings) => ({
  ...deployedContext(fleet),
  secretsKey: key,
});

/** CDK merges statements: each action with each resource is compared by itself. */
const pairsOf = (statements: readonly Statement[]): readonly string[] => {
  const lists = (conditions: Statement['conditions'] = {}) =>
    Object.entries(conditions).map(([operator, keys]) => [
      operator,
      Object.entries(keys).map(([key, wanted]) => [key, [wanted].flat()]),
    ]);
  const pairs = statements.flatMap(({ actions, resources, conditions }) =>
    actions.flatMap((action) =>
      resources.map((resource) => `${action} ${resource} ${JSON.stringify(lists(conditions))}`),
    ),
  );
  return [...new Set(pairs)].sort();
};

/** Of Lambda and Step Functions themselves, whatever the function or the machine does. */
const isOfTheRuntime = (pair: string): boolean =>
  /^(logs|xray):/.test(pair) ||
  /^ec2:(\w+NetworkInterfaces?|DescribeSubnets|(Una|A)ssignPrivateIpAddresses) /.test(pair);

const synthesized = (template: Parameters<typeof statementsOfRole>[0], role: unknown) =>
  pairsOf(statementsOfRole(template, arnText(role).slice(1, -1)).map(allowanceOf)).filter(
    (pair) => !isOfTheRuntime(pair),
  );

const rolesOfFunctions = (settings: Settings) =>
  (Object.keys(steps) as StepName[]).map((step) => {
    const { template, Properties } = functionOf(settings, step);
    return [step, synthesized(template, Properties['Role'])] as const;
  });

/** Policies refer to functions by logical id, and the bundle of a function names its step. */
const withFunctions = (template: Template, pairs: readonly string[]): readonly string[] =>
  pairs
    .map((pair) =>
      pair.replace(/<(Steps\w+)>/, (_, id: string) => {
        const code = JSON.stringify(template.Resources[id]?.Properties['Code']);
        return functionArn(place, /"\/\/ (\w+)"/.exec(code)?.[1] ?? `of ${id}`);
      }),
    )
    .sort();

const machineIn = (settings: Settings, name: MachineName) => {
  const template = templateOf(settings, 'Controller');
  const machine = resourcesOf(template, 'AWS::StepFunctions::StateMachine').find(
    ({ Properties }) =>
      Properties['StateMachineName'] === `smart-proxy-${settings.fleet.fleet}-${name}`,
  );
  return withFunctions(template, synthesized(template, machine?.Properties['RoleArn']));
};

describe.each([
  ['the example fleet, with a key of the customer', withKeys],
  ['one name, a public base image and the default key', oneNamed],
  ['a pinned base image', pinned],
])('%s', (_, settings) => {
  const context = contextOf(settings);

  test('every function may do in the sandbox what it may do deployed', () => {
    const simulated = (Object.keys(steps) as StepName[]).map(
      (step) => [step, pairsOf(permissionsOfStep(step, context))] as const,
    );

    expect(Object.fromEntries(simulated)).toEqual(Object.fromEntries(rolesOfFunctions(settings)));
  });

  test('so may the function of health metrics', () => {
    const { template, Properties } = functionOf(settings, 'healthMetrics');
    const deployed = synthesized(template, Properties['Role']);

    expect(pairsOf(permissionsOfHealthMetrics(context))).toEqual(deployed);
  });

  test.each(machineNames)('so may the state machine %s', (name) => {
    expect(pairsOf(permissionsOfMachine[name](context))).toEqual(machineIn(settings, name));
  });

  test('what is launched gets the tags that the sandbox asks about', () => {
    const template = templateOf(settings, `Proxy-${settings.fleet.proxies[0]?.name}`);
    const { Tags } = resourceOf(template, 'AWS::AutoScaling::AutoScalingGroup').Properties;
    const data = resourceOf(template, 'AWS::EC2::LaunchTemplate').Properties['LaunchTemplateData'];
    const { TagSpecifications } = data as {
      readonly TagSpecifications: readonly { ResourceType: string; Tags: unknown }[];
    };
    const keysOf = (tags: unknown) => (tags as readonly { Key: string }[]).map(({ Key }) => Key);

    expect(TagSpecifications.map(({ ResourceType }) => ResourceType)).toEqual([
      'volume',
      'network-interface',
    ]);
    for (const specification of TagSpecifications)
      expect(keysOf(specification.Tags).sort()).toEqual(keysOf(Tags).sort());
  });
});
