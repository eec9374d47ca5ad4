import { CfnInstanceProfile, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { knowsNoResource } from '../../deployment/permissions/permission.ts';
import { allow } from '../permission.ts';

/** Packer's way in is a session of Systems Manager, so here the data channels are allowed. */
const sessionActions = [
  'ssm:UpdateInstanceInformation',
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
  'ec2messages:GetEndpoint',
  'ec2messages:GetMessages',
  'ec2messages:AcknowledgeMessage',
];

/** What the machine on which an image is baked may do: be reached by Systems Manager, and nothing else. */
export class Builder extends Construct {
  readonly role: Role;
  readonly instanceProfileName: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
    allow(this.role, { actions: sessionActions, resources: ['*'], wildcard: knowsNoResource });
    const profile = new CfnInstanceProfile(this, 'Profile', { roles: [this.role.roleName] });
    this.instanceProfileName = profile.ref;
  }
}
