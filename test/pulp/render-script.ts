import { writeFileSync } from 'node:fs';
import { contentReportContent } from '../../infra/shared/content-report.ts';

/**
 * Writes the script that the agent of Systems Manager makes of the document: its lines, with parameters filled in.
 * https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/plugins/pluginutil/pluginutil.go (CreateScriptFile)
 */
const [bucket = '', path = ''] = process.argv.slice(2);
const { mainSteps, parameters } = contentReportContent(bucket);
const lines = mainSteps.flatMap(({ inputs }) => inputs.runCommand);
const script = Object.entries(parameters).reduce(
  (text, [name, parameter]) => text.replaceAll(`{{ ${name} }}`, parameter.default),
  lines.join('\n'),
);
writeFileSync(path, script);
