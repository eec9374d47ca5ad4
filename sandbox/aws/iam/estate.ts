import type { Place } from '../../../deployment/permissions/arns.ts';
import type { Images } from '../images.ts';
import type { Instances } from '../instances.ts';
import type { LaunchTemplates } from '../launch-templates.ts';
import type { Parameters } from '../parameters.ts';
import type { ScalingGroup } from '../scaling-group.ts';
import type { Access } from './access.ts';

/** What the account has, from which IAM takes the tags and keys that conditions ask about. */
export interface Estate {
  readonly place: Place;
  readonly groups: ReadonlyMap<string, ScalingGroup>;
  readonly images: Images;
  readonly instances: Instances;
  readonly parameters: Parameters;
  readonly templates: LaunchTemplates;
}

type Tags = ReadonlyMap<string, string> | Readonly<Record<string, string>> | undefined;

/** The context of what carries these tags; what does not exist carries none. */
export const tagged = (tags: Tags = {}, key = 'aws:ResourceTag'): Access['context'] =>
  Object.fromEntries(
    [...(tags instanceof Map ? tags : Object.entries(tags))].map(([name, value]) => [
      `${key}/${name}`,
      value,
    ]),
  );

/** The group of that name, or of that instance. */
export const groupOf = (
  { groups }: Estate,
  name: string | undefined,
  instanceId = '',
): ScalingGroup | undefined =>
  name === undefined
    ? [...groups.values()].find((group) => group.member(instanceId) !== undefined)
    : groups.get(name);
