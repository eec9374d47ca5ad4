import { readdirSync, readFileSync } from 'node:fs';
import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';

const folder = new URL('./content-report/', import.meta.url);

/** Ends a file of the program in the script; no line of one may be this. */
const endOfFile = 'END_OF_FILE';

const written = (file: string): string =>
  `cat >"$program/${file}" <<'${endOfFile}'\n` +
  `${readFileSync(new URL(file, folder), 'utf8')}${endOfFile}`;

const program = (): readonly string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.py'))
    .sort()
    .map(written);

/**
 * The program travels in the document and not in the image, so that an incumbent of an older image gives the same
 * report as its replacement: the two are compared. -I ignores Python's environment variables and user packages.
 */
const script = (bucketName: string): readonly string[] => [
  'set -eu',
  'umask 077',
  'program=$(mktemp -d)',
  `trap 'rm -rf "$program"' EXIT`,
  ...program(),
  `export CONTENT_REPORT_BUCKET='${bucketName}'`,
  'export CONTENT_REPORT_LIMIT_SECONDS={{ limitSeconds }}',
  `export CONTENT_REPORT_GATEWAY='{{ gateway }}'`,
  '/usr/bin/python3 -I "$program"',
];

/** The content of the document; what it prints is described in content-report/__main__.py. */
export const contentReportContent = (bucketName: string) => ({
  schemaVersion: '2.2',
  description:
    'Prints the content of a Smart Proxy, read from its own Pulp, database and disk, as JSON. Completes the list of its container gateway on demand.',
  parameters: {
    limitSeconds: {
      type: 'String',
      description:
        'After how many seconds the report is printed with what has been read until then.',
      default: '600',
      allowedPattern: '^[1-9][0-9]{1,2}$',
    },
    gateway: {
      type: 'String',
      description:
        'If not empty, the container gateway first gets the repositories that its Pulp serves. Names of those that need no login: a JSON list, compressed with gzip, in base64.',
      default: '',
      allowedPattern: '^[A-Za-z0-9+/=]*$',
    },
  },
  mainSteps: [
    {
      action: 'aws:runShellScript',
      name: 'report',
      // Longer than the longest limit, and the time to deliver what has been read.
      inputs: { timeoutSeconds: '1200', runCommand: script(bucketName) },
    },
  ],
});

/** The command by which an instance reports its own content, without Katello and without a name server. */
export class ContentReport extends Construct {
  readonly documentName: string;

  constructor(scope: Construct, id: string, bucketName: string) {
    super(scope, id);
    const document = new CfnDocument(this, 'Document', {
      content: contentReportContent(bucketName),
      documentType: 'Command',
      targetType: '/AWS::EC2::Instance',
      updateMethod: 'NewVersion',
    });
    this.documentName = document.ref;
  }
}
