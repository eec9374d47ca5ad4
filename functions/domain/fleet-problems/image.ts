import { architectureProblem } from '../machine-type.ts';
import { katelloOf, releases } from '../releases.ts';
import { type Check, eachProxy } from './check.ts';

const known = releases.map(({ foreman }) => foreman).join(', ');

/** The packages of an image depend on its release, so it has to be one of those that the product knows. */
const releaseIsKnown: Check = ({ image: sound }) => {
  const { foremanVersion, katelloVersion } = sound ?? {};
  if (foremanVersion === undefined) return [];
  const katello = katelloOf(foremanVersion);
  if (katello === null) {
    const text = `is not a release with known packages for EL9: use one of ${known}`;
    return [{ path: ['image', 'foremanVersion'], text }];
  }
  if (katelloVersion === undefined || katelloVersion === katello) return [];
  const text = `does not belong to Foreman ${foremanVersion}: use "${katello}", or change image.foremanVersion`;
  return [{ path: ['image', 'katelloVersion'], text }];
};

const machineRunsTheImage = eachProxy(({ instanceType }, path) => {
  const problem = instanceType === undefined ? null : architectureProblem(instanceType);
  if (problem === null) return [];
  const text = `${problem}, but Foreman and Pulp have packages for x86_64 only: use a type such as m7i.xlarge`;
  return [{ path: [...path, 'instanceType'], text }];
});

export const imageChecks: readonly Check[] = [releaseIsKnown, machineRunsTheImage];
