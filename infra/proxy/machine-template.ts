import { createHash } from 'node:crypto';
import { Fn, Stack } from 'aws-cdk-lib';
import { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { SmartProxy } from '../../functions/domain/fleet.ts';

export interface MachineTemplateProps {
  readonly proxy: SmartProxy;
  readonly imageParameter: string;
  readonly instanceProfileArn: string;
  readonly securityGroupId: string;
  readonly userData: string;
  readonly tags: Readonly<Record<string, string>>;
  /** What replaces the security group when it changes, although its reference here stays the same. */
  readonly vpcId: string;
}

/** CloudFormation makes this one, and rebuilds make candidates from it, which they delete at their end. */
const firstVersion = '1';

/** The root volume of the images, which holds the content too. */
const rootDevice = '/dev/sda1';

/**
 * The launch template of one proxy. A template that says something else is another template, with a name
 * made from what it says: so a group always points at version 1 of one, and neither the candidate versions of
 * a running rebuild nor a deployment in the middle of it can change what "the version of the deployment" means.
 * The image is no part of it: whatever version is launched from, the parameter says which image.
 */
export class MachineTemplate extends Construct {
  readonly templateId: string;
  readonly version = firstVersion;

  constructor(scope: Construct, id: string, props: MachineTemplateProps) {
    super(scope, id);
    const launchTemplateData = this.#data(props);
    const text = JSON.stringify(Stack.of(this).resolve({ launchTemplateData, vpcId: props.vpcId }));
    const digest = createHash('sha256').update(text).digest('hex').slice(0, 12);
    const template = new CfnLaunchTemplate(this, `Template${digest}`, {
      launchTemplateData,
      tagSpecifications: [{ resourceType: 'launch-template', tags: tagList(props.tags) }],
    });
    this.templateId = template.ref;
  }

  #data(props: MachineTemplateProps): CfnLaunchTemplate.LaunchTemplateDataProperty {
    const tags = tagList(props.tags);
    return {
      imageId: `resolve:ssm:${props.imageParameter}`,
      instanceType: props.proxy.instanceType,
      iamInstanceProfile: { arn: props.instanceProfileArn },
      userData: Fn.base64(props.userData),
      instanceInitiatedShutdownBehavior: 'terminate',
      metadataOptions: {
        httpEndpoint: 'enabled',
        httpTokens: 'required',
        httpPutResponseHopLimit: 1,
      },
      networkInterfaces: [
        {
          deviceIndex: 0,
          associatePublicIpAddress: false,
          deleteOnTermination: true,
          groups: [props.securityGroupId],
        },
      ],
      blockDeviceMappings: [
        {
          deviceName: rootDevice,
          ebs: {
            volumeType: 'gp3',
            volumeSize: props.proxy.volumeGib,
            encrypted: true,
            deleteOnTermination: true,
          },
        },
      ],
      tagSpecifications: [
        { resourceType: 'volume', tags },
        { resourceType: 'network-interface', tags },
      ],
    };
  }
}

const tagList = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags).map(([key, value]) => ({ key, value }));
