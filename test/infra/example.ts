import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Fleet, fleetSchema, type SmartProxy } from '../../functions/domain/fleet.ts';
import type { BundleName } from '../../infra/bundling/code.ts';
import { readSettings, type Settings } from '../../infra/settings.ts';

/** The example fleet, deployed as told by these keys of the context. */
export const exampleSettings = (context: Readonly<Record<string, unknown>> = {}): Settings =>
  readSettings((key) => context[key]);

/** Every setting that there is, each with a value that is not its default. */
export const exhaustiveSettings = (): Settings =>
  exampleSettings({
    secretsKey: 'arn:aws:kms:eu-central-1:123456789012:key/secrets',
    imageKey: 'arn:aws:kms:eu-central-1:123456789012:key/images',
    activationKeyParameter: '/smart-proxies/europe/activation-key',
    alarmEmail: 'proxies@example.com',
    permissionsBoundary: 'arn:aws:iam::123456789012:policy/boundary',
    account: '123456789012',
    region: 'eu-central-1',
  });

export const withFleet = (settings: Settings, change: (fleet: Fleet) => unknown): Settings => ({
  ...settings,
  fleet: fleetSchema.parse(change(settings.fleet)),
});

/** With its first proxy, `eu-north`, changed. */
export const withProxy = (settings: Settings, change: Partial<SmartProxy>): Settings =>
  withFleet(settings, (fleet) => ({
    ...fleet,
    proxies: fleet.proxies.map((proxy, index) => (index === 0 ? { ...proxy, ...change } : proxy)),
  }));

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

export type Templates = Readonly<Record<string, Template>>;

const program = fileURLToPath(new URL('./synthesize.ts', import.meta.url));
interface Synthesis {
  readonly templates: Templates;
  readonly findings: readonly string[];
  readonly warnings: readonly string[];
}

const known = new Map<string, Synthesis>();

/** Synthesizes all that are not known yet at once; do it first for what a test file looks at. */
export const synthesize = (...wanted: readonly Settings[]): void => {
  const missing = wanted.filter((settings) => !known.has(JSON.stringify(settings)));
  if (missing.length === 0) return;
  const output = execFileSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', program],
    {
      input: JSON.stringify(missing),
      maxBuffer: 256 * 1024 * 1024,
      encoding: 'utf8',
      env: { CDK_VALIDATION: 'false' },
    },
  );
  for (const [index, synthesis] of (JSON.parse(output) as readonly Synthesis[]).entries())
    known.set(JSON.stringify(missing[index]), synthesis);
};

const synthesisOf = (settings: Settings): Synthesis => {
  synthesize(settings);
  return known.get(JSON.stringify(settings)) ?? { templates: {}, findings: [], warnings: [] };
};

/** What cdk-nag's AWS Solutions pack finds and nobody has given a reason for. */
export const findingsOf = (settings: Settings): readonly string[] => synthesisOf(settings).findings;

/** What `cdk synth` and `cdk deploy` warn of. */
export const warningsOf = (settings: Settings): readonly string[] => synthesisOf(settings).warnings;

export const templatesOf = (settings: Settings = exampleSettings()): Templates =>
  synthesisOf(settings).templates;

export const templateOf = (settings: Settings, stack: string): Template => {
  const template = templatesOf(settings)[stack];
  if (template === undefined) throw new Error(`There is no stack ${stack}`);
  return template;
};

/** By default the first proxy of the fleet file: two names, the usual features. */
export const proxyTemplate = (settings = exampleSettings(), name = 'eu-north'): Template =>
  templateOf(settings, `Proxy-${name}`);

export const resourcesOf = (template: Template, type: string): readonly Resource[] =>
  Object.values(template.Resources).filter(({ Type }) => Type === type);

export const idsOf = (template: Template, type: string): readonly string[] =>
  Object.entries(template.Resources).flatMap(([id, { Type }]) => (Type === type ? [id] : []));

/** The only resource of a type. */
export const resourceOf = (template: Template, type: string): Resource => {
  const [resource, ...more] = resourcesOf(template, type);
  if (resource === undefined || more.length > 0)
    throw new Error(`There are ${more.length + (resource ? 1 : 0)} of ${type}`);
  return resource;
};

/** The function of a bundle: without built code, the name of its bundle is all of its code. */
export const functionOf = (settings: Settings, name: BundleName) => {
  for (const template of Object.values(templatesOf(settings)))
    for (const { Properties } of resourcesOf(template, 'AWS::Lambda::Function'))
      if (JSON.stringify(Properties['Code']).includes(`"// ${name}"`))
        return { template, Properties };
  throw new Error(`There is no function ${name}`);
};

/** A hand-readable inventory: how many of each type. */
export const inventory = (template: Template): Readonly<Record<string, number>> => {
  const types = Object.values(template.Resources).map(({ Type }) => Type);
  return Object.fromEntries(
    [...new Set(types)]
      .sort()
      .map((type) => [type, types.filter((other) => other === type).length]),
  );
};

export interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const statementsOfPolicies = (policies: readonly Resource[]): readonly Statement[] =>
  policies.flatMap(
    ({ Properties }) =>
      (Properties['PolicyDocument'] as { readonly Statement: readonly Statement[] }).Statement,
  );

/** Every statement of the policies of a template. */
export const statementsOf = (template: Template): readonly Statement[] =>
  statementsOfPolicies(resourcesOf(template, 'AWS::IAM::Policy'));

/** The statements of one role, by its logical id. */
export const statementsOfRole = (template: Template, role: string): readonly Statement[] =>
  statementsOfPolicies(
    resourcesOf(template, 'AWS::IAM::Policy').filter(({ Properties }) =>
      JSON.stringify(Properties['Roles']).includes(`"${role}"`),
    ),
  );
