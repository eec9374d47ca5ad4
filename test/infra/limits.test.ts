import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { fleetSchema } from '../../functions/domain/fleet.ts';
import { assertDeployable, proxiesMax } from '../../infra/limits.ts';
import {
  exampleSettings,
  resourcesOf,
  type Statement,
  synthesize,
  type Template,
  templatesOf,
} from './example.ts';

/** CloudFormation's, IAM's and EventBridge's own limits. */
const limits = {
  resources: 500,
  templateBytes: 1_000_000,
  rolePolicyCharacters: 10_240,
  patternCharacters: 2048,
};

const long = (index: number, suffix: string): string =>
  `${`p${index}`.padEnd(64 - suffix.length, 'x')}${suffix}`;

/** As large as names can be. */
const fleetOf = (count: number) => {
  const { fleet } = exampleSettings();
  const [first] = fleet.proxies;
  return fleetSchema.parse({
    ...fleet,
    fleet: 'f'.repeat(32),
    cycle: { ...fleet.cycle, canary: undefined, concurrency: 20 },
    proxies: Array.from({ length: count }, (_, index) => ({
      ...first,
      name: `p${index}`.padEnd(32, 'x'),
      serviceName: long(index, '.proxies.example.com'),
      controlName: long(index, '-c.proxies.example.com'),
      certs: { key: `p${index}/certs.tar` },
    })),
  });
};

const settingsOf = (count: number) => ({ ...exampleSettings(), fleet: fleetOf(count) });
const forty = settingsOf(40);
const most = settingsOf(proxiesMax);
synthesize(forty, most);

const policySizes = (template: Template): readonly number[] => {
  const sizes = new Map<string, number>();
  for (const { Properties } of resourcesOf(template, 'AWS::IAM::Policy')) {
    const role = JSON.stringify(Properties['Roles']);
    const { Statement } = Properties['PolicyDocument'] as { Statement: readonly Statement[] };
    // References are longer as text than what they become, and IAM counts no white space.
    sizes.set(role, (sizes.get(role) ?? 0) + JSON.stringify(Statement).length);
  }
  return [...sizes.values()];
};

describe.each([
  ['40 proxies', forty],
  ['as many proxies as one controller holds', most],
])('a fleet of %s', (_, settings) => {
  const templates = Object.entries(templatesOf(settings));

  test.each(['resources', 'templateBytes'] as const)('stays inside the limit of %s', (limit) => {
    for (const [, template] of templates) {
      const size =
        limit === 'resources'
          ? Object.keys(template.Resources).length
          : JSON.stringify(template).length;
      expect(size).toBeLessThan(limits[limit]);
    }
  });

  test('has policies that fit into a role', () => {
    for (const [, template] of templates)
      for (const size of policySizes(template))
        expect(size).toBeLessThan(limits.rolePolicyCharacters);
  });

  test('has patterns that EventBridge takes', () => {
    for (const [, template] of templates)
      for (const { Properties } of resourcesOf(template, 'AWS::Events::Rule'))
        expect(JSON.stringify(Properties['EventPattern']).length).toBeLessThan(
          limits.patternCharacters,
        );
  });

  test('has names that IAM, Lambda and Step Functions take', () => {
    for (const [, template] of templates)
      for (const { Properties } of resourcesOf(template, 'AWS::StepFunctions::StateMachine'))
        expect(String(Properties['StateMachineName']).length).toBeLessThanOrEqual(80);
  });
});

test('more proxies than one controller holds are refused with a way out', () => {
  expect(() => assertDeployable(fleetOf(proxiesMax + 1))).toThrow(/make two fleet files/);
});

test('a fleet file that no parameter can hold is refused by the place that is too long', () => {
  const { fleet } = exampleSettings();
  const clientCidrs = Array.from({ length: 400 }, (_, index) => `10.${index % 256}.0.0/16`);

  expect(() => assertDeployable({ ...fleet, network: { ...fleet.network, clientCidrs } })).toThrow(
    /the fleet without its proxies: takes \d+ characters/,
  );
});

test('docs/deployment.md tells which quotas a fleet needs', () => {
  const page = readFileSync(new URL('../../docs/deployment.md', import.meta.url), 'utf8');
  const { Controller: controller, ...others } = templatesOf(most);
  const eventRules = resourcesOf(controller as Template, 'AWS::Events::Rule');
  const rules = eventRules.length;
  const withWildcards = eventRules.filter(({ Properties }) =>
    JSON.stringify(Properties['EventPattern']).includes('"wildcard"'),
  ).length;
  const reserved = resourcesOf(controller as Template, 'AWS::Lambda::Function').reduce(
    (sum, { Properties }) => sum + Number(Properties['ReservedConcurrentExecutions'] ?? 0),
    0,
  );
  const balancers = Object.values(others).flatMap((template) =>
    resourcesOf(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer'),
  );

  expect(balancers).toHaveLength(proxiesMax);
  expect(page).toContain(`a fleet of 50 to ${proxiesMax} proxies`);
  expect(page).toContain(`one for each proxy, and ${rules - proxiesMax} more`);
  expect(page).toContain(
    `| ${withWildcards}: one account and region holds ${Math.floor(30 / withWildcards)} fleets |`,
  );
  expect(page).toContain(`the functions reserve up to ${reserved}`);
});
