import { keyArn } from '../../deployment/permissions/arns.ts';
import { type Fleet, featuresOf } from '../../functions/domain/fleet.ts';
import { machineNames, resourceNames, tagNames } from '../../functions/domain/resource-names.ts';
import { documentNames } from '../aws/run-command.ts';
import type { SimulatedAws } from '../aws/simulated-aws.ts';
import { machineArn } from '../engine/definitions.ts';

export const place = { partition: 'aws', region: 'eu-central-1', account: '123456789012' } as const;
export const ledgerTable = 'smart-proxy-rebuilder';
export { artifactsBucket } from '../aws/s3.ts';
export const bakeProject = 'smart-proxy-bake';
export const { bootReport: bootReportDocument, contentReport: contentReportDocument } =
  documentNames;

/** A key of the customer: with the default, IAM would not be asked about decryption. */
export const secretsKey = keyArn(place, '0a1b2c3d-0000-4000-8000-000000000001');

/** Values of the secrets of the world; none may occur anywhere else. */
export const secrets = {
  login: 'svc-rebuilder',
  token: 'pat-4be7c1d29f0a4c8e-secret',
  webhook: 'https://hooks.slack.com/services/T000/B000/slack-secret-9d41',
} as const;

const cycleMs = 21 * 86_400_000;

const tagsOf = (fleet: Fleet) => ({
  [tagNames.fleet]: fleet.fleet,
  [tagNames.katelloVersion]: fleet.image.katelloVersion,
  [tagNames.features]: featuresOf(fleet).join(' '),
  [tagNames.sourceImage]: 'ami-0ba5e00000000000',
});

/** The image that was current that many cycles before `launchedAt`. */
const addPreviousImage = (aws: SimulatedAws, fleet: Fleet, launchedAt: number, cycles: number) =>
  aws.images.add({
    id: `ami-0f000000000000${100 + cycles}`,
    snapshotId: `snap-0f000000000000${100 + cycles}`,
    createdAt: launchedAt - cycles * cycleMs,
    tags: { ...tagsOf(fleet), [tagNames.imageState]: 'previous' },
  });

/** An image that is there only because a proxy still serves from it: retention alone would not keep it. */
export const addOutlivedImage = (aws: SimulatedAws, fleet: Fleet, launchedAt: number): string =>
  addPreviousImage(aws, fleet, launchedAt, fleet.image.retention + 1);

/** What a deployment has made once per fleet, and the images of the cycles since; gives the current one. */
export const addDeployedFleet = (
  aws: SimulatedAws,
  fleet: Fleet,
  launchedAt: number,
  caPem: string,
): string => {
  const { image, katello, slack } = fleet;
  aws.addTable(ledgerTable);
  const currentImage = aws.images.add({
    createdAt: launchedAt,
    tags: { ...tagsOf(fleet), [tagNames.imageState]: 'current' },
  });
  for (let cycles = 1; cycles <= image.retention; cycles += 1)
    addPreviousImage(aws, fleet, launchedAt, cycles);
  aws.addFleet(fleet, currentImage);
  for (const name of machineNames)
    aws.parameters.put(
      resourceNames.stateMachineParameter(fleet.fleet, name),
      machineArn(place, fleet.fleet, name),
    );
  aws.parameters.put(resourceNames.ledgerTableParameter(fleet.fleet), ledgerTable);
  if ('parameter' in image.base) aws.parameters.put(image.base.parameter, 'ami-0ba5e0000000000b');
  aws.parameters.put(katello.ca, caPem, 'String');
  const { login, token } = katello.credentials;
  for (const [name, value] of [
    [login, secrets.login],
    [token, secrets.token],
    [slack.webhook, secrets.webhook],
  ] as const)
    aws.parameters.put(name, value, 'SecureString', secretsKey);
  aws.codeBuild.addProject(bakeProject, (environment) => ({
    [tagNames.fleet]: environment['FLEET'] ?? '',
    [tagNames.imageState]: 'candidate',
    [tagNames.katelloVersion]: environment['KATELLO_VERSION'] ?? '',
    [tagNames.features]: environment['FEATURES'] ?? '',
    [tagNames.sourceImage]: environment['BASE_IMAGE'] ?? '',
  }));
  return currentImage;
};
