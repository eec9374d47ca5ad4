import type { CfnProject } from 'aws-cdk-lib/aws-codebuild';
import type { Settings } from '../settings.ts';

type Variable = CfnProject.EnvironmentVariableProperty;

const plain = (name: string, value: string | undefined): readonly Variable[] =>
  value === undefined ? [] : [{ name, value, type: 'PLAINTEXT' }];

/** CodeBuild reads these itself and masks them in its log. */
const secret = (name: string, parameter: string): Variable => ({
  name,
  value: parameter,
  type: 'PARAMETER_STORE',
});

/** An activation key is what makes an image of Katello's own packages instead of the public ones. */
const registration = ({ fleet, activationKeyParameter }: Settings): readonly Variable[] =>
  activationKeyParameter === undefined
    ? []
    : [
        ...plain('PKR_VAR_katello_registration_host', new URL(fleet.katello.url).hostname),
        ...plain('PKR_VAR_katello_organization', fleet.katello.organization),
        secret('PKR_VAR_katello_activation_key', activationKeyParameter),
        secret('PKR_VAR_katello_ca', fleet.katello.ca),
      ];

/** What the project tells packer/build/bake.sh; the state machine adds what differs from bake to bake. */
export const bakeEnvironment = (
  settings: Settings,
  artifactsBucket: string,
  builderInstanceProfile: string,
): readonly Variable[] => [
  ...plain('ARTIFACTS_BUCKET', artifactsBucket),
  ...plain('BUILDER_INSTANCE_PROFILE', builderInstanceProfile),
  ...plain('BUILDER_SUBNET_ID', settings.builderSubnetId ?? settings.fleet.network.subnetIds[0]),
  ...plain('OPERATING_SYSTEM', settings.operatingSystem),
  ...plain('KMS_KEY_ID', settings.imageKey),
  ...registration(settings),
];
