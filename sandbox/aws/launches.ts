import type { AwsContext } from './aws-context.ts';
import type { Images } from './images.ts';
import type { Instances } from './instances.ts';
import type { LaunchTemplates } from './launch-templates.ts';
import type { LoadBalancers } from './load-balancers.ts';
import type { Parameters } from './parameters.ts';

export interface GroupSettings {
  readonly name: string;
  readonly proxy: string;
  readonly instanceType: string;
  readonly zones: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly subnetIds: readonly string[];
  /** Path and name of the role of its instances. */
  readonly machineRole: string;
  readonly targetGroupArns: readonly string[];
  readonly healthCheckGraceSeconds: number;
  readonly maxLifetimeSeconds: number;
}

/** A version of a launch template. */
export interface Template {
  readonly id: string;
  readonly version: string;
}

export interface GroupParts {
  readonly context: AwsContext;
  readonly instances: Instances;
  readonly images: Images;
  readonly templates: LaunchTemplates;
  readonly parameters: Parameters;
  readonly balancers: LoadBalancers;
}

/** Why EC2 does not launch an instance of this group now, `null` when it does. */
export const launchProblem = (
  parts: GroupParts,
  settings: GroupSettings,
  template: Template,
  zone: string,
): string | null => {
  const { proxy, instanceType, zones } = settings;
  const { faults } = parts.context;
  const isDry = zone === zones.at(-1) && faults.strikes('zone-without-capacity', { proxy });
  if (isDry || faults.strikes('launch-fails', { proxy })) {
    return (
      'Could not launch On-Demand Instances. InsufficientInstanceCapacity - There is no ' +
      `capacity for ${instanceType} in the requested Availability Zone (${zone}).`
    );
  }
  const imageId = resolvedImage(parts, template);
  return parts.images.get(imageId) === undefined
    ? `The image id '[${imageId}]' does not exist.`
    : null;
};

/** The image of a template's version, of which `resolve:ssm:` is resolved at each launch. */
export const resolvedImage = (
  { templates, parameters }: GroupParts,
  { id, version }: Template,
): string => {
  templates.version(id, version);
  return templateImage({ templates, parameters }, { id, version }).imageId;
};

/** The image of a template version, and the parameter that it was resolved from, if any. */
export const templateImage = (
  { templates, parameters }: Pick<GroupParts, 'templates' | 'parameters'>,
  { id, version }: Template,
): { readonly imageId: string; readonly parameter: string | null } => {
  const imageId = templates.find(id, version)?.imageId ?? '';
  const parameter = /^resolve:ssm:(.+)$/.exec(imageId)?.[1] ?? null;
  if (parameter === null) return { imageId, parameter };
  return { imageId: parameters.get(parameter)?.value ?? imageId, parameter };
};
