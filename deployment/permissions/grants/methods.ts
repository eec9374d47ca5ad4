import { packageListKey, resourceNames } from '../../../functions/domain/resource-names.ts';
import type { PortMethod } from '../../../functions/ports/port-methods.ts';
import { both, type Grant, parameters, reading } from './grant.ts';
import { groupGrants } from './groups.ts';
import { imageGrants } from './images.ts';
import { nameGrants } from './names.ts';
import { commandGrants, executionGrants, ledgerGrants } from './state.ts';

/** Systems Manager decrypts a SecureString in the name of whoever reads it. */
const decrypting: Grant = ({ secretsKey }) =>
  secretsKey === undefined ? [] : [{ actions: ['kms:Decrypt'], resources: [secretsKey] }];

const readTogether = (namesOf: Parameters<typeof parameters>[0]): Grant =>
  parameters(namesOf, 'GetParameters');

const secrets = (namesOf: Parameters<typeof parameters>[0]): Grant =>
  both(readTogether(namesOf), decrypting);

const trust = secrets(({ fleet }) => [fleet.katello.ca]);

const katello = secrets(({ fleet: { katello } }) => [
  katello.ca,
  katello.credentials.login,
  katello.credentials.token,
]);

/** The permissions behind each way in which a step can touch the world. */
export const methodGrants: Readonly<Record<PortMethod, Grant>> = {
  ...commandGrants,
  ...executionGrants,
  ...groupGrants,
  ...imageGrants,
  ...ledgerGrants,
  ...nameGrants,
  'announcer.post': secrets(({ fleet }) => [fleet.slack.webhook]),
  'balancer.registered': reading('elasticloadbalancing:DescribeTargetHealth'),
  'balancer.targetHealth': reading('elasticloadbalancing:DescribeTargetHealth'),
  'content.access': katello,
  'content.verifyName': katello,
  'content.health': katello,
  'content.findCapsule': katello,
  'content.activeSyncs': katello,
  'content.contentTypes': katello,
  'content.refreshFeatures': katello,
  'content.startSync': katello,
  'content.findTasks': katello,
  'content.startCount': katello,
  'content.isUnderWay': katello,
  'content.readTask': katello,
  'content.readCounts': katello,
  'content.repositoryNames': katello,
  'content.runningJobs': katello,
  'content.stopTasks': katello,
  'marker.readMarkers': trust,
  'packageLists.read': ({ artifactsBucket }) => [
    {
      actions: ['s3:GetObject'],
      resources: [`${artifactsBucket}/${packageListKey('*')}`],
      wildcard: 'One list for each image.',
    },
    // Without it, S3 calls a list that is not there forbidden.
    { actions: ['s3:ListBucket'], resources: [artifactsBucket] },
  ],
};

/** How each invocation begins that is about the whole fleet. */
export const readingFleet: Grant = parameters(
  ({ fleet }) => [resourceNames.configuration(fleet.fleet)],
  'GetParametersByPath',
);

/** How each invocation begins that is about one proxy, whichever that is. */
export const readingOneProxy: Grant = readTogether(({ fleet }) => [
  resourceNames.fleetParameter(fleet.fleet),
  resourceNames.proxyParameter(fleet.fleet, '*'),
]);
