import { readFileSync } from 'node:fs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { noCode } from '../../infra/bundling/code.ts';
import { deployment } from '../../infra/deployment.ts';
import type { Settings } from '../../infra/settings.ts';

/**
 * Synthesizes in a process of its own, which takes a fraction of the time that it takes among Jest's
 * modules: settings in as a list; the templates of each out, by the ids of their stacks, with what cdk-nag
 * finds and what the CDK's command line would warn of.
 */
const synthesize = (settings: Settings) => {
  const { app } = deployment(settings, noCode);
  const { stacks } = app.synth();
  return {
    templates: Object.fromEntries(stacks.map(({ id, template }) => [id, template])),
    warnings: stacks.flatMap(({ messages }) =>
      messages.filter(({ level }) => level === 'warning').map(({ entry }) => String(entry.data)),
    ),
    findings: new AwsSolutionsChecks()
      .validateScope(app)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
      ),
  };
};

const asked = JSON.parse(readFileSync(0, 'utf8')) as readonly Settings[];
process.stdout.write(JSON.stringify(asked.map(synthesize)));
