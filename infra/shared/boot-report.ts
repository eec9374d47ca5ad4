import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';

const content = {
  schemaVersion: '2.2',
  description:
    'Waits for the first boot of a Smart Proxy, then prints the result as one line of JSON.',
  parameters: {
    waitSeconds: {
      type: 'String',
      description: 'How long to wait for cloud-init.',
      default: '0',
      allowedPattern: '^[0-9]{1,4}$',
    },
  },
  mainSteps: [
    {
      action: 'aws:runShellScript',
      name: 'report',
      inputs: {
        // Run Command's default of an hour is shorter than what the longest wait may take.
        timeoutSeconds: '3600',
        runCommand: ['/usr/local/bin/smart-proxy-boot-report {{ waitSeconds }}'],
      },
    },
  ],
} as const;

/** The only command that the controller may run on an instance. */
export class BootReport extends Construct {
  readonly documentName: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const document = new CfnDocument(this, 'Document', {
      content,
      documentType: 'Command',
      targetType: '/AWS::EC2::Instance',
      updateMethod: 'NewVersion',
    });
    this.documentName = document.ref;
  }
}
