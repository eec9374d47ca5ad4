import { describe, expect, test } from '@jest/globals';
import {
  type CloudFormationEvent,
  launchGrantOperations,
  neverCreated,
  resourceTypes,
} from '../../functions/bootstrap-resources/custom-resources.ts';
import { launchGrant } from '../../functions/bootstrap-resources/launch-grant.ts';
import { SimulatedKms } from './simulated-kms.ts';

const key = 'arn:aws:kms:eu-central-1:123456789012:key/images';
const role =
  'arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling';
const name = 'smart-proxy-europe--eu-north';

const event = (change: Partial<CloudFormationEvent> = {}): CloudFormationEvent => ({
  RequestType: 'Create',
  ResourceType: resourceTypes.launchGrant,
  ResourceProperties: { Key: key, Role: role, Name: name },
  ResponseURL: 'https://cloudformation.test/answer',
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'LaunchGrant',
  ...change,
});

describe('the grant for launches', () => {
  test('lets Auto Scaling use the key of the images', async () => {
    const kms = new SimulatedKms();

    const { physicalId } = await launchGrant(kms, event());
    expect(kms.grants.get(physicalId)).toEqual({
      KeyId: key,
      GranteePrincipal: role,
      Name: name,
      Operations: launchGrantOperations,
    });
  });

  test('is made once, however often CloudFormation asks for it', async () => {
    const kms = new SimulatedKms();

    expect(await launchGrant(kms, event())).toEqual(await launchGrant(kms, event()));
    expect(kms.grants.size).toBe(1);
  });

  test('follows the key, and the former key is left when CloudFormation deletes what it replaced', async () => {
    const kms = new SimulatedKms();
    const former = await launchGrant(kms, event());
    const update = { PhysicalResourceId: former.physicalId };
    const ResourceProperties = { Key: `${key}-2`, Role: role, Name: name };

    const { physicalId } = await launchGrant(
      kms,
      event({ ...update, RequestType: 'Update', ResourceProperties }),
    );
    await launchGrant(kms, event({ ...update, RequestType: 'Delete' }));
    expect([...kms.grants]).toEqual([[physicalId, expect.objectContaining({ KeyId: `${key}-2` })]]);
  });

  test('goes with its proxy, once or twice', async () => {
    const kms = new SimulatedKms();
    const { physicalId } = await launchGrant(kms, event());
    const removal = event({ RequestType: 'Delete', PhysicalResourceId: physicalId });

    await launchGrant(kms, removal);
    await launchGrant(kms, removal);
    expect(kms.grants.size).toBe(0);
  });

  test('that could not be made is not revoked', async () => {
    const kms = new SimulatedKms();
    kms.grants.set(neverCreated, { KeyId: key, GranteePrincipal: role, Operations: [] });

    await launchGrant(kms, event({ RequestType: 'Delete', PhysicalResourceId: neverCreated }));
    expect(kms.grants.size).toBe(1);
  });
});
