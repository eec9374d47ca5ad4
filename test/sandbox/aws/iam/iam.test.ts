import { UpdateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import {
  CreateLaunchTemplateVersionCommand,
  CreateTagsCommand,
  DeregisterImageCommand,
} from '@aws-sdk/client-ec2';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { GetParametersCommand } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { permissionsOfStep } from '../../../../deployment/permissions/functions.ts';
import type { Permission } from '../../../../deployment/permissions/permission.ts';
import type { StepName } from '../../../../functions/steps/register.ts';
import { deployedContext } from '../../../../sandbox/world/deployed-roles.ts';
import { AwsWorld, exampleFleet } from '../aws-world.ts';

let world: AwsWorld;
beforeEach(() => {
  world = new AwsWorld();
});
afterEach(() => world.end());

const without = (step: StepName, ...actions: readonly string[]): readonly Permission[] =>
  permissionsOfStep(step, deployedContext(exampleFleet)).map((permission) => ({
    ...permission,
    actions: permission.actions.filter((action) => !actions.includes(action)),
  }));

/** Makes a call in the name of a role. */
const calling = (permissions: readonly Permission[], call: () => Promise<unknown>) => {
  world.aws.iam.addRole('tested', permissions);
  return world.aws.iam.as('tested', call);
};

const update = () =>
  world.aws.autoScaling.send(
    new UpdateAutoScalingGroupCommand({
      AutoScalingGroupName: world.berlin.groupName,
      LaunchTemplate: { LaunchTemplateId: world.berlin.templateId, Version: '1' },
    }),
  );

test('a role makes the calls that its step needs', async () => {
  await expect(calling(without('launchReplacement'), update)).resolves.toBeDefined();
});

test.each(['ec2:CreateTags', 'ec2:RunInstances', 'iam:PassRole', 'ssm:GetParameters'])(
  'a group takes no template from a role without %s, and does not say why',
  async (action) => {
    await expect(calling(without('launchReplacement', action), update)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `You are not authorized to use launch template: ${world.berlin.templateId}`,
      $metadata: { httpStatusCode: 403 },
    });
  },
);

test('the error names the action that a role lacks', async () => {
  const permissions = without('launchReplacement', 'autoscaling:UpdateAutoScalingGroup');

  await expect(calling(permissions, update)).rejects.toThrow(
    /tested is not authorized to perform: autoscaling:UpdateAutoScalingGroup on resource: arn:.*berlin/,
  );
});

const tag = (id: string, Key: string) => () =>
  world.aws.ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key, Value: 'x' }] }));
const rebuildTag = 'smart-proxy-rebuilder:rebuild';

test('an instance is tagged by the tag that it has, and not by the one that it should have', async () => {
  const { instanceId } = world.berlin;
  const permissions = without('launchReplacement');
  await calling(permissions, tag(instanceId, rebuildTag));

  world.aws.instances.get(instanceId)?.tags.set('smart-proxy-rebuilder:fleet', 'other');

  await expect(calling(permissions, tag(instanceId, rebuildTag))).rejects.toMatchObject({
    name: 'UnauthorizedOperation',
  });
});

test('a tag of another name is denied', async () => {
  const { instanceId } = world.berlin;

  await expect(
    calling(without('launchReplacement'), tag(instanceId, 'smart-proxy-rebuilder:fleet')),
  ).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
});

test('a launch template of another fleet takes no version', async () => {
  const LaunchTemplateId = world.aws.templates.add('ami-1', {});
  const LaunchTemplateData = { ImageId: 'ami-0123456789abcdef0' };
  const create = () =>
    world.aws.ec2.send(
      new CreateLaunchTemplateVersionCommand({ LaunchTemplateId, LaunchTemplateData }),
    );

  await expect(calling(without('launchReplacement'), create)).rejects.toMatchObject({
    name: 'UnauthorizedOperation',
  });
});

test('a SecureString is decrypted with the key that it has', async () => {
  const { token } = exampleFleet.katello.credentials;
  const read = () =>
    world.aws.ssm.send(new GetParametersCommand({ Names: [token], WithDecryption: true }));
  const { secretsKey = '' } = deployedContext(exampleFleet);
  world.aws.parameters.put(token, 'secret', 'SecureString', secretsKey);
  await calling(without('startSync'), read);

  await expect(calling(without('startSync', 'kms:Decrypt'), read)).rejects.toThrow(/kms:Decrypt/);
});

test('a snapshot stays when only its image may go', async () => {
  const tags = { 'smart-proxy-rebuilder:fleet': exampleFleet.fleet };
  const ImageId = world.aws.images.add({ tags });
  const deregister = () =>
    world.aws.ec2.send(new DeregisterImageCommand({ ImageId, DeleteAssociatedSnapshots: true }));

  await expect(
    calling(without('pruneImages', 'ec2:DeleteSnapshot'), deregister),
  ).resolves.toMatchObject({ DeleteSnapshotResults: [{ ReturnCode: 'missing-permissions' }] });
});

test('an object that is not there is forbidden to a role that may not list its bucket', async () => {
  const { artifactsBucket } = deployedContext(exampleFleet);
  const Bucket = artifactsBucket.split(':').at(-1);
  const read = () =>
    world.aws.s3.send(new GetObjectCommand({ Bucket, Key: 'images/ami-1/packages.txt' }));

  await expect(calling(without('announceImage'), read)).rejects.toMatchObject({
    name: 'NoSuchKey',
  });
  await expect(calling(without('announceImage', 's3:ListBucket'), read)).rejects.toMatchObject({
    name: 'AccessDenied',
  });
});
