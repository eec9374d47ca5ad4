import { fileURLToPath } from 'node:url';
import { IgnoreMode, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnProject } from 'aws-cdk-lib/aws-codebuild';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { logStreamArn, parameterArn } from '../../deployment/permissions/arns.ts';
import { suppressNag } from '../nag-suppression.ts';
import { allow } from '../permission.ts';
import type { Settings } from '../settings.ts';
import { bakeEnvironment } from './bake-environment.ts';
import { Builder } from './builder.ts';
import { packerPermissions } from './packer-permissions.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The state machine gives a bake four hours; CodeBuild gives up a little earlier and says so. */
const timeoutMinutes = 230;

/** Amazon Linux 2023, which packer/build/install-tools.sh is written for. */
const buildImage = 'aws/codebuild/amazonlinux-x86_64-standard:5.0';

/** Bakes the machine image: Packer in CodeBuild, with the templates of this very deployment. */
export class Bake extends Construct {
  readonly project: CfnProject;
  readonly role: Role;

  constructor(scope: Construct, id: string, settings: Settings, artifacts: IBucket) {
    super(scope, id);
    const builder = new Builder(this, 'Builder');
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('codebuild.amazonaws.com'),
    });
    allow(this.role, ...packerPermissions(Stack.of(this), settings, builder.role.roleArn));
    const source = this.#source();
    const log = this.#log(settings);
    this.#letWriteArtifacts(artifacts);
    this.#letReadParameters(settings);
    this.project = new CfnProject(this, 'Project', {
      description: `Bakes images for the Smart Proxies of ${settings.fleet.fleet}`,
      source: { type: 'S3', location: source, buildSpec: 'packer/buildspec.yml' },
      artifacts: { type: 'NO_ARTIFACTS' },
      serviceRole: this.role.roleArn,
      timeoutInMinutes: timeoutMinutes,
      environment: {
        type: 'LINUX_CONTAINER',
        computeType: 'BUILD_GENERAL1_SMALL',
        image: buildImage,
        environmentVariables: [
          ...bakeEnvironment(settings, artifacts.bucketName, builder.instanceProfileName),
        ],
      },
      logsConfig: { cloudWatchLogs: { status: 'ENABLED', groupName: log.logGroupName } },
    });
    suppressNag(this.project, { 'AwsSolutions-CB4': 'The project has no artifacts.' });
  }

  /** `packer/` and `ansible/` as they stand here: what is deployed is what is baked from. */
  #source(): string {
    const { bucket, s3ObjectKey } = new Asset(this, 'Source', {
      path: root,
      ignoreMode: IgnoreMode.GIT,
      exclude: ['/*', '!/packer', '!/ansible'],
    });
    allow(this.role, {
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resources: [bucket.arnForObjects(s3ObjectKey)],
    });
    return `${bucket.bucketName}/${s3ObjectKey}`;
  }

  #log({ logRetentionDays }: Settings): LogGroup {
    const log = new LogGroup(this, 'Log', {
      retention: logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    allow(this.role, {
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logStreamArn(Stack.of(this), log.logGroupName, '*')],
      wildcard: 'CodeBuild names the log streams, one for each build.',
    });
    return log;
  }

  /** What was baked into an image: the list of its packages. */
  #letWriteArtifacts(artifacts: IBucket): void {
    allow(this.role, {
      actions: ['s3:PutObject'],
      resources: [artifacts.arnForObjects('images/*')],
      wildcard: 'A folder for each image, whose id is not known yet.',
    });
  }

  #letReadParameters({ fleet, activationKeyParameter, secretsKey }: Settings): void {
    if (activationKeyParameter === undefined) return;
    allow(this.role, {
      actions: ['ssm:GetParameters'],
      resources: [fleet.katello.ca, activationKeyParameter].map((name) =>
        parameterArn(Stack.of(this), name),
      ),
    });
    if (secretsKey !== undefined)
      allow(this.role, { actions: ['kms:Decrypt'], resources: [secretsKey] });
  }
}
