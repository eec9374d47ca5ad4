import { readFileSync } from 'node:fs';
import { noCode } from '../../infra/bundling/code.ts';
import { deployment } from '../../infra/deployment.ts';
import type { Settings } from '../../infra/settings.ts';

/**
 * Synthesizes in a process of its own, which takes a fraction of the time that it takes among Jest's
 * modules: settings in as a list, the templates of each out, by the names of their stacks.
 */
const templatesOf = (settings: Settings): Readonly<Record<string, unknown>> => {
  const { stacks } = deployment(settings, noCode).app.synth();
  return Object.fromEntries(stacks.map(({ id, template }) => [id, template]));
};

const asked = JSON.parse(readFileSync(0, 'utf8')) as readonly Settings[];
process.stdout.write(JSON.stringify(asked.map(templatesOf)));
