/**
 * What the name of an EC2 instance type says: a series, a generation, letters for the processor and other
 * properties, and a size.
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
const namePattern = /^([a-z]+)(\d+)([a-z]*)(-[a-z0-9-]+)?\.([a-z0-9-]+)$/;

/** Every size below xlarge has at most 2 vCPUs. */
const smallSizes: readonly string[] = ['nano', 'micro', 'small', 'medium', 'large'];

/** Series with 2 GiB for each vCPU, so that an xlarge has 8 GiB. */
const leanSeries: readonly string[] = ['c', 'inf'];

/** Why no instance of this type could run an image of x86_64; `null` if nothing in its name says so. */
export const architectureProblem = (instanceType: string): string | null => {
  const [, series = '', generation = '', letters = '', suffix = ''] =
    namePattern.exec(instanceType) ?? [];
  if (series === 'mac') return 'is a Mac';
  const isArm =
    letters.includes('g') || suffix.startsWith('-gb') || `${series}${generation}` === 'a1';
  return isArm ? 'has an ARM processor' : null;
};

/**
 * Whether the name says that the type has less than the 4 CPU cores and 12 GiB that Foreman's documentation
 * requires of a Smart Proxy with content (Installing a Smart Proxy Server, "System requirements"). A name that
 * cannot be read yields no warning.
 */
export const isTooSmall = (instanceType: string): boolean => {
  const [, series = '', , , , size = ''] = namePattern.exec(instanceType) ?? [];
  return smallSizes.includes(size) || (size === 'xlarge' && leanSeries.includes(series));
};
