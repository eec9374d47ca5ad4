import { Stack } from 'aws-cdk-lib';
import { CfnInstanceProfile, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { machineRolePath } from '../../deployment/names.ts';
import { logStreamArn, parameterArn } from '../../deployment/permissions/arns.ts';
import { knowsNoResource } from '../../deployment/permissions/permission.ts';
import type { Fleet, SmartProxy } from '../../functions/domain/fleet.ts';
import { contentReportPrefix } from '../../functions/domain/resource-names.ts';
import { bootLogGroup } from '../names.ts';
import { allow } from '../permission.ts';

export interface MachineRoleProps {
  readonly fleet: Fleet;
  readonly proxy: SmartProxy;
  readonly certsBucket: IBucket;
  readonly certsKey: IKey;
  readonly artifactsBucket: IBucket;
  /** The KMS key of the SecureStrings, when it is not the default. */
  readonly secretsKey: string | undefined;
}

/**
 * What the agent of Systems Manager needs to take commands. The two actions for data channels are left out
 * on purpose: without them nobody can open a session on the instance.
 */
const agentActions = [
  'ssm:UpdateInstanceInformation',
  'ssm:ListAssociations',
  'ssm:ListInstanceAssociations',
  'ssm:GetDocument',
  'ssmmessages:CreateControlChannel',
  'ssmmessages:OpenControlChannel',
  'ec2messages:AcknowledgeMessage',
  'ec2messages:DeleteMessage',
  'ec2messages:FailMessage',
  'ec2messages:GetEndpoint',
  'ec2messages:GetMessages',
  'ec2messages:SendReply',
];

/** An instance reads its own certificates and parameters, writes its own log and reports, and takes commands. */
export class MachineRole extends Construct {
  readonly role: Role;
  readonly instanceProfileArn: string;

  constructor(scope: Construct, id: string, props: MachineRoleProps) {
    super(scope, id);
    this.role = new Role(this, 'Role', {
      path: machineRolePath(props.fleet.fleet),
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
    });
    const profile = new CfnInstanceProfile(this, 'Profile', { roles: [this.role.roleName] });
    this.instanceProfileArn = profile.attrArn;
    this.#letReadCerts(props);
    this.#letReadParameters(props);
    this.#letLog(props);
    this.#letReportContent(props);
    this.#letTakeCommands();
  }

  #letReadCerts({ certsBucket, certsKey, proxy }: MachineRoleProps): void {
    const object = certsBucket.arnForObjects(proxy.certs.key);
    allow(
      this.role,
      { actions: ['s3:GetObject'], resources: [object] },
      { actions: ['kms:Decrypt'], resources: [certsKey.keyArn] },
    );
  }

  #letReadParameters({ fleet, proxy, secretsKey }: MachineRoleProps): void {
    const names = [fleet.katello.ca, proxy.remoteExecutionKey].filter((name) => name !== undefined);
    const resources = names.map((name) => parameterArn(Stack.of(this), name));
    allow(this.role, { actions: ['ssm:GetParameter'], resources });
    if (secretsKey !== undefined)
      allow(this.role, { actions: ['kms:Decrypt'], resources: [secretsKey] });
  }

  #letLog({ fleet, proxy }: MachineRoleProps): void {
    const group = bootLogGroup(fleet.fleet);
    allow(this.role, {
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logStreamArn(Stack.of(this), group, `${proxy.name}/*`)],
      wildcard: 'One log stream for each log of each instance of this proxy.',
    });
  }

  #letReportContent({ artifactsBucket, proxy }: MachineRoleProps): void {
    allow(this.role, {
      actions: ['s3:PutObject'],
      resources: [artifactsBucket.arnForObjects(`${contentReportPrefix(proxy.name)}*`)],
      wildcard: 'One object for each report of each instance of this proxy.',
    });
  }

  #letTakeCommands(): void {
    allow(this.role, { actions: agentActions, resources: ['*'], wildcard: knowsNoResource });
  }
}
